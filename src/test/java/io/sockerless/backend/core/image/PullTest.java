package io.sockerless.backend.core.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import io.sockerless.backend.core.registry.Descriptor;
import io.sockerless.backend.core.registry.Digest;
import io.sockerless.backend.core.registry.FakeRegistry;
import io.sockerless.backend.core.registry.Manifest;
import io.sockerless.backend.core.registry.RegistryConfig;
import io.sockerless.engine.Answer;
import io.sockerless.engine.Call;
import io.sockerless.engine.EngineException;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pulls from a registry that behaves, and from one that does not. */
class PullTest {

  private static final String HOST = "linux";

  @TempDir Path folder;
  private FakeRegistry registry;
  private ImageFixture fixture;
  private byte[] layer;

  @BeforeEach
  void open() throws IOException {
    registry = new FakeRegistry();
    fixture = new ImageFixture(folder);
    byte[] content = new byte[300_000];
    new Random(1).nextBytes(content);
    layer = new Tars().file("file", content).bytes();
  }

  @AfterEach
  void close() {
    fixture.close();
    registry.close();
  }

  private String name() {
    return registry.domain() + "/team/app";
  }

  private List<JsonObject> pull(Call call) {
    try (Answer answer = fixture.images.create(call)) {
      return ImageFixture.records(answer);
    }
  }

  private List<JsonObject> pull(String tag) {
    return pull(ImageFixture.call("fromImage", name(), "tag", tag));
  }

  private static List<String> statuses(List<JsonObject> records) {
    return records.stream().map(record -> record.getString("status", "")).distinct().toList();
  }

  private static String error(List<JsonObject> records) {
    return records.getLast().getString("error", "");
  }

  private static boolean isBlob(HttpExchange exchange, Descriptor blob) {
    return exchange.getRequestURI().getPath().endsWith("/blobs/" + blob.digest());
  }

  private List<Path> files(String part) throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("content").resolve(part))) {
      return files.toList();
    }
  }

  @Test
  void progressIsToldInDockersRecords() throws IOException {
    Manifest manifest = RegistryImages.put(registry, "1", HOST, layer, Tars.gzip(layer));
    List<JsonObject> records = pull("1");
    assertThat(statuses(records))
        .containsExactly(
            "Pulling from team/app",
            "Pulling fs layer",
            "Downloading",
            "Verifying Checksum",
            "Download complete",
            "Extracting",
            "Pull complete",
            "Digest: " + manifest.digest(),
            "Status: Downloaded newer image for " + name() + ":1");
    String id = manifest.layers().getFirst().digest().shortHex();
    assertThat(records.get(1))
        .hasToString(
            "{\"status\":\"Pulling fs layer\",\"progressDetail\":{},\"id\":\"" + id + "\"}");
    assertThat(pull("1").getLast().getString("status"))
        .isEqualTo("Status: Image is up to date for " + name() + ":1");
  }

  @Test
  void aBrokenDownloadGoesOnFromWhereItBroke() throws IOException {
    byte[] packed = Tars.gzip(layer);
    Descriptor blob = RegistryImages.put(registry, "1", HOST, layer, packed).layers().getFirst();
    AtomicInteger asked = new AtomicInteger();
    registry.intercept(exchange -> {
      if (!isBlob(exchange, blob) || asked.getAndIncrement() > 0) {
        return false;
      }
      exchange.sendResponseHeaders(200, packed.length);
      exchange.getResponseBody().write(packed, 0, 100_000);
      exchange.getResponseBody().flush();
      return true;
    });
    assertThat(error(pull("1"))).isEmpty();
    assertThat(registry.requests())
        .anyMatch(request -> request.matches("GET .*" + blob.digest() + " bytes=\\d{2,}-"));
    assertThat(fixture.service.source().find(name() + ":1", "")).isPresent();
  }

  @Test
  void whatAnEarlierProcessHasDownloadedIsNotAskedForAgain() throws IOException {
    byte[] packed = Tars.gzip(layer);
    Descriptor blob = RegistryImages.put(registry, "1", HOST, layer, packed).layers().getFirst();
    Files.write(
        folder.resolve("content/partial/sha256-" + blob.digest().hex()),
        Arrays.copyOf(packed, 1000));
    fixture.service.start(Runnable::run);
    assertThat(error(pull("1"))).isEmpty();
    assertThat(registry.requests())
        .contains("GET /v2/team/app/blobs/" + blob.digest() + " bytes=1000-");
  }

  @Test
  void aPartThatIsWrongIsForgotten() throws IOException {
    byte[] packed = Tars.gzip(layer);
    Descriptor blob = RegistryImages.put(registry, "1", HOST, layer, packed).layers().getFirst();
    Files.write(folder.resolve("content/partial/sha256-" + blob.digest().hex()), new byte[1000]);
    assertThat(error(pull("1"))).isEmpty();
    assertThat(fixture.service.source().find(name() + ":1", "")).isPresent();
  }

  @Test
  void contentOfAnotherDigestIsRefusedAndLeavesNothing() throws IOException {
    byte[] packed = Tars.gzip(layer);
    Descriptor blob = RegistryImages.put(registry, "1", HOST, layer, packed).layers().getFirst();
    byte[] wrong = packed.clone();
    wrong[packed.length / 2] ^= 1;
    registry.intercept(exchange -> {
      if (!isBlob(exchange, blob)) {
        return false;
      }
      FakeRegistry.answer(exchange, 200, wrong);
      return true;
    });
    assertThat(error(pull("1")))
        .isEqualTo("filesystem layer verification failed for digest " + blob.digest());
    assertThat(fixture.service.source().find(name() + ":1", "")).isEmpty();
    assertThat(files("partial")).isEmpty();
    assertThat(files("layers")).isEmpty();
  }

  @Test
  void moreContentThanPromisedIsRefused() throws IOException {
    byte[] packed = Tars.gzip(layer);
    Descriptor blob = RegistryImages.put(registry, "1", HOST, layer, packed).layers().getFirst();
    registry.intercept(exchange -> {
      if (!isBlob(exchange, blob)) {
        return false;
      }
      FakeRegistry.answer(exchange, 200, Arrays.copyOf(packed, packed.length + 1));
      return true;
    });
    assertThat(error(pull("1"))).contains("is larger than");
    assertThat(files("partial")).isEmpty();
  }

  @Test
  void aLayerOfAnotherDiffIdIsRefused() throws IOException {
    Descriptor blob = registry.blob(RegistryImages.LAYER, Tars.gzip(layer));
    RegistryImages.put(registry, "1", HOST, blob, Digest.sha256("another"));
    assertThat(error(pull("1"))).contains("invalid diffID");
    assertThat(files("layers")).isEmpty();
  }

  @Test
  void aLayerThatLeadsOutIsRefused() throws IOException {
    byte[] hostile = new Tars().file("../../etc/passwd", "x").bytes();
    RegistryImages.put(registry, "1", HOST, hostile, hostile);
    assertThat(error(pull("1"))).contains("is outside of it");
    assertThat(files("layers")).isEmpty();
  }

  @Test
  void aLayerThatIsNoTarIsRefused() throws IOException {
    byte[] noise = "no tar at all".repeat(100).getBytes(StandardCharsets.UTF_8);
    RegistryImages.put(registry, "1", HOST, noise, noise);
    assertThat(error(pull("1"))).contains("tar header");
  }

  @Test
  void aPlainLayerIsKeptOnce() throws IOException {
    RegistryImages.put(registry, "1", HOST, layer, layer);
    assertThat(error(pull("1"))).isEmpty();
    assertThat(files("layers")).hasSize(1);
    // The configuration and the manifest.
    assertThat(files("blobs")).hasSize(2);
    assertThat(statuses(pull("1")))
        .doesNotContain("Already exists", "Pulling fs layer")
        .contains("Status: Image is up to date for " + name() + ":1");
  }

  @Test
  void anIndexYieldsTheImageOfThePlatformThatIsAskedFor() throws IOException {
    Manifest here = RegistryImages.put(registry, "here", HOST, layer, Tars.gzip(layer));
    byte[] foreignLayer = Tars.of("foreign", "s390x");
    Manifest foreign =
        RegistryImages.put(
            registry, "foreign", "linux/s390x", foreignLayer, Tars.gzip(foreignLayer));
    Manifest index = RegistryImages.index(registry, "1", foreign, here);
    assertThat(statuses(pull("1"))).contains("Digest: " + index.digest());
    assertThat(fixture.service.source().find(name() + ":1", "").orElseThrow().id())
        .isEqualTo(here.config().digest().toString());
    assertThat(fixture.service.source().find(name() + ":1", "linux/s390x")).isEmpty();
    pull(ImageFixture.call("fromImage", name(), "tag", "1", "platform", "linux/s390x"));
    assertThat(fixture.service.source().find(name() + ":1", "linux/s390x")).isPresent();
    assertThat(
            error(
                pull(
                    ImageFixture.call(
                        "fromImage", name(), "tag", "1", "platform", "linux/riscv64"))))
        .isEqualTo("no matching manifest for linux/riscv64 in the manifest list entries");
  }

  @Test
  void anImageForAnotherPlatformThanWasAskedForComesWithAWarning() throws IOException {
    RegistryImages.put(registry, "1", "linux/s390x", layer, Tars.gzip(layer));
    String mismatch =
        "image with reference %s was found but its platform (linux/s390x) does not match the"
            + " specified platform (linux/riscv64)";
    assertThat(
            statuses(
                pull(
                    ImageFixture.call(
                        "fromImage", name(), "tag", "1", "platform", "linux/riscv64"))))
        .contains("WARNING: " + mismatch.formatted(name() + ":1"));
    assertThat(fixture.service.source().find(name() + ":1", "linux/riscv64")).isEmpty();
  }

  @Test
  void anImageIsPulledAndFoundByItsDigest() throws IOException {
    Manifest manifest = RegistryImages.put(registry, "1", HOST, layer, Tars.gzip(layer));
    pull(ImageFixture.call("fromImage", name(), "tag", manifest.digest().toString()));
    assertThat(
            fixture
                .images
                .inspect(name() + "@" + manifest.digest(), ImageFixture.call())
                .document()
                .asJsonObject()
                .getJsonArray("RepoDigests"))
        .hasToString("[\"" + name() + "@" + manifest.digest() + "\"]");
  }

  @Test
  void aManifestOfAnotherDigestIsRefused() throws IOException {
    RegistryImages.put(registry, "1", HOST, layer, Tars.gzip(layer));
    String other = "sha256:" + "0".repeat(64);
    registry.manifest(
        "team/app", other, Manifest.OCI, registry.manifest("team/app", "1").orElseThrow().text());
    assertThatThrownBy(() -> pull(other))
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("manifest verification failed");
  }

  @Test
  void allTagsArePulledWhereNoneIsNamed() throws IOException {
    RegistryImages.put(registry, "1", HOST, layer, Tars.gzip(layer));
    byte[] other = Tars.of("other", "content");
    RegistryImages.put(registry, "2", HOST, other, Tars.gzip(other));
    assertThat(error(pull(ImageFixture.call("fromImage", name())))).isEmpty();
    assertThat(fixture.service.source().find(name() + ":1", "")).isPresent();
    assertThat(fixture.service.source().find(name() + ":2", "")).isPresent();
  }

  @Test
  void whatAnOverloadedRegistryRefusesIsAskedAgain() throws IOException {
    RegistryImages.put(registry, "1", HOST, layer, Tars.gzip(layer));
    AtomicInteger asked = new AtomicInteger();
    registry.intercept(exchange -> {
      if (!exchange.getRequestURI().getPath().contains("/manifests/")) {
        return false;
      }
      int attempt = asked.getAndIncrement();
      if (attempt == 0) {
        exchange.getResponseHeaders().add("Retry-After", "0");
        FakeRegistry.answer(exchange, 429, new byte[0]);
      } else if (attempt == 1) {
        FakeRegistry.answer(exchange, 503, new byte[0]);
      }
      return attempt < 2;
    });
    assertThat(error(pull("1"))).isEmpty();
    assertThat(asked).hasValue(3);
  }

  @Test
  void aMirrorIsAskedFirstAndWithoutCredentials() throws IOException {
    fixture.close();
    fixture =
        new ImageFixture(
            folder,
            new RegistryConfig(
                List.of(registry.url()), true, ImageFixture.NOBODY, ImageFixture.NOBODY));
    RegistryImages.put(registry, "1", HOST, layer, Tars.gzip(layer));
    Call call =
        ImageFixture.call("fromImage", "team/app", "tag", "1")
            .withHeader("X-Registry-Auth", auth("user", "secret"));
    assertThat(error(pull(call))).isEmpty();
    assertThat(registry.requests()).isNotEmpty().noneMatch(r -> r.contains("Basic"));
    assertThat(fixture.service.source().find("team/app:1", "")).isPresent();
    // The mirror has answered, so that the embedded image does not serve.
    assertThatThrownBy(() -> pull(ImageFixture.call("fromImage", "alpine", "tag", "1")))
        .isInstanceOf(EngineException.NotFound.class)
        .hasMessageStartingWith("manifest for alpine:1 not found");
  }

  @Test
  void whereTheMirrorHasNothingTheRegistryItselfIsAsked() throws IOException {
    try (FakeRegistry mirror = new FakeRegistry()) {
      fixture.close();
      fixture =
          new ImageFixture(
              folder,
              new RegistryConfig(List.of(mirror.url()), true, registry.url(), ImageFixture.NOBODY));
      RegistryImages.put(registry, "1", HOST, layer, Tars.gzip(layer));
      assertThat(error(pull(ImageFixture.call("fromImage", "team/app", "tag", "1")))).isEmpty();
      assertThat(mirror.requests()).contains("GET /v2/team/app/manifests/1");
    }
  }

  @Test
  void theEmbeddedImageSaysWhyItServes() {
    List<JsonObject> records = pull(ImageFixture.call("fromImage", "alpine", "tag", "latest"));
    assertThat(statuses(records)).first().isEqualTo("Pulling from library/alpine");
    assertThat(statuses(records))
        .anySatisfy(status ->
            assertThat(status).contains("No registry answered", "connection refused", "embedded"));
    assertThat(statuses(records))
        .as("what clients know a pull's success by")
        .last()
        .isEqualTo("Status: Downloaded newer image for alpine:latest");
  }

  static String auth(String user, String password) {
    return Base64.getUrlEncoder()
        .encodeToString(
            "{\"username\":\"%s\",\"password\":\"%s\"}"
                .formatted(user, password)
                .getBytes(StandardCharsets.UTF_8));
  }
}
