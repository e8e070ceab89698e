package io.sockerless.backend.core.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.airlift.compress.v3.zstd.ZstdOutputStream;
import io.sockerless.backend.core.container.ImageSource.Image;
import io.sockerless.backend.core.registry.Descriptor;
import io.sockerless.backend.core.registry.FakeRegistry;
import io.sockerless.backend.core.registry.Manifest;
import io.sockerless.engine.Answer;
import jakarta.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PushTest {

  @TempDir Path folder;
  private FakeRegistry registry;
  private ImageFixture fixture;

  @BeforeEach
  void open() throws IOException {
    registry = new FakeRegistry();
    fixture = new ImageFixture(folder);
  }

  @AfterEach
  void close() {
    fixture.close();
    registry.close();
  }

  private List<JsonObject> push(String name, String tag) {
    try (Answer answer = fixture.images.push(name, ImageFixture.call("tag", tag))) {
      return ImageFixture.records(answer);
    }
  }

  private static List<String> statuses(List<JsonObject> records) {
    return records.stream()
        .filter(record -> record.containsKey("status"))
        .map(record -> record.getString("status"))
        .distinct()
        .toList();
  }

  @Test
  void anImageIsPushedWithItsProgressAndPushedAgainWithoutItsLayers() throws IOException {
    String name = registry.domain() + "/team/made";
    Image image = fixture.imported(Tars.of("file", "content"), name + ":1");
    List<JsonObject> records = push(name, "1");
    Manifest manifest = registry.manifest("team/made", "1").orElseThrow();
    assertThat(manifest.mediaType()).isEqualTo(Manifest.DOCKER);
    assertThat(manifest.config().digest()).hasToString(image.id());
    assertThat(registry.blob(manifest.layers().getFirst().digest())).isPresent();
    assertThat(statuses(records))
        .containsExactly(
            "The push refers to repository [" + name + "]",
            "Preparing",
            "Pushing",
            "Pushed",
            "1: digest: " + manifest.digest() + " size: " + manifest.text().length());
    assertThat(records.getLast())
        .hasToString(
            "{\"progressDetail\":{},\"aux\":{\"Tag\":\"1\",\"Digest\":\"%s\",\"Size\":%d}}"
                .formatted(manifest.digest(), manifest.text().length()));
    assertThat(statuses(push(name, "1"))).contains("Layer already exists").doesNotContain("Pushed");
    assertThat(fixture.service.source().find(name + "@" + manifest.digest(), "")).contains(image);
  }

  @Test
  void whatWasPulledIsPushedUnderTheSameDigest() throws IOException {
    byte[] layer = Tars.of("file", "content");
    Manifest pulled = RegistryImages.put(registry, "1", "linux", layer, Tars.gzip(layer));
    String from = registry.domain() + "/team/app";
    try (FakeRegistry other = new FakeRegistry();
        Answer answer = fixture.images.create(ImageFixture.call("fromImage", from, "tag", "1"))) {
      answer.bytes();
      String to = other.domain() + "/team/app";
      fixture.images.tag(from + ":1", ImageFixture.call("repo", to, "tag", "2"));
      assertThat(push(to, "2").getLast().containsKey("aux")).isTrue();
      assertThat(other.manifest("team/app", "2").orElseThrow().text()).isEqualTo(pulled.text());
    }
  }

  @Test
  void aLayerInZstdIsUnpackedAndPushedAsItCame() throws IOException {
    byte[] layer = Tars.of("file", "content".repeat(1000));
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream out = new ZstdOutputStream(packed)) {
      out.write(layer);
    }
    RegistryImages.put(registry, "1", "linux", layer, packed.toByteArray());
    String name = registry.domain() + "/team/app";
    fixture.images.create(ImageFixture.call("fromImage", name, "tag", "1")).bytes();
    Image image = fixture.service.source().find(name + ":1", "").orElseThrow();
    assertThat(fixture.service.source().layers(image).getFirst()).hasBinaryContent(layer);
    fixture.images.tag(name + ":1", ImageFixture.call("repo", name, "tag", "2"));
    push(name, "2");
    assertThat(registry.manifest("team/app", "2")).isEqualTo(registry.manifest("team/app", "1"));
  }

  @Test
  void anUploadThatBreaksGoesOnFromWhereTheRegistryHasGot() throws IOException {
    byte[] content = new byte[200_000];
    new Random(1).nextBytes(content);
    String name = registry.domain() + "/team/made";
    fixture.imported(new Tars().file("file", content).bytes(), name + ":1");
    AtomicInteger patches = new AtomicInteger();
    registry.intercept(exchange -> {
      if (!exchange.getRequestMethod().equals("PATCH") || patches.getAndIncrement() > 0) {
        return false;
      }
      String path = exchange.getRequestURI().getPath();
      registry.received(
          path.substring(path.lastIndexOf('/') + 1), exchange.getRequestBody().readNBytes(50_000));
      return true;
    });
    assertThat(push(name, "1").getLast().containsKey("aux")).isTrue();
    Descriptor layer = registry.manifest("team/made", "1").orElseThrow().layers().getFirst();
    assertThat(registry.blob(layer.digest()).orElseThrow()).hasSize((int) layer.size());
    assertThat(registry.requests())
        .anyMatch(request -> request.matches("GET /v2/team/made/blobs/uploads/\\d+"));
  }

  @Test
  void whatIsNotHereIsAnErrorInTheProgress() {
    List<JsonObject> records = push("nosuch", "");
    assertThat(statuses(records))
        .containsExactly("The push refers to repository [docker.io/library/nosuch]");
    assertThat(records.getLast().getString("error"))
        .isEqualTo("An image does not exist locally with the tag: nosuch");
  }

  @Test
  void aTagThatIsNotHereIsAnErrorInTheProgress() throws IOException {
    fixture.imported("app:1");
    assertThat(push("app", "2").getLast().getString("error"))
        .isEqualTo("tag does not exist: app:2");
  }

  @Test
  void aRegistryThatDoesNotAnswerIsAnErrorInTheProgress() throws IOException {
    fixture.imported("127.0.0.1:1/team/app:1");
    assertThat(push("127.0.0.1:1/team/app", "1").getLast().getString("error"))
        .isEqualTo(
            "Get \"http://127.0.0.1:1/v2/\": dial tcp 127.0.0.1:1: connect: connection refused");
  }

  @Test
  void allTagsArePushedWhereNoneIsNamed() throws IOException {
    String name = registry.domain() + "/team/made";
    fixture.imported(name + ":1");
    fixture.images.tag(name + ":1", ImageFixture.call("repo", name, "tag", "2"));
    push(name, "");
    assertThat(registry.manifest("team/made", "1")).isPresent();
    assertThat(registry.manifest("team/made", "2")).isPresent();
  }
}
