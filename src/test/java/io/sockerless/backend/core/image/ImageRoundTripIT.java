package io.sockerless.backend.core.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockerless.backend.core.container.ImageSource.Image;
import io.sockerless.engine.Answer;
import io.sockerless.engine.Body;
import io.sockerless.engine.Call;
import io.sockerless.support.Daemon;
import io.sockerless.support.DockerDaemon;
import io.sockerless.support.Registries;
import jakarta.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Images go between a real daemon, real registries and us, both ways. */
class ImageRoundTripIT {

  @RegisterExtension final Daemon daemon = new Daemon();
  @TempDir Path folder;
  private ImageFixture fixture;

  @BeforeEach
  void open() {
    DockerDaemon.require();
    Registries.require();
    fixture = new ImageFixture(folder);
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  private static String freshRepository(String registry) {
    return registry + "/" + Daemon.freshName();
  }

  private List<JsonObject> pull(String name, String tag) {
    try (Answer answer = fixture.images.create(ImageFixture.call("fromImage", name, "tag", tag))) {
      return ImageFixture.records(answer);
    }
  }

  @Test
  void whatTheDaemonPushedWePullAndPushUnderTheSameDigestAndItPulls() throws Exception {
    String name = freshRepository("127.0.0.1:5000");
    daemon.ask().tagImageCmd(Daemon.IMAGE, name, "theirs").exec();
    daemon.removingImage(name + ":theirs");
    daemon.ask().pushImageCmd(name).withTag("theirs").start().awaitCompletion();
    List<JsonObject> pulled = pull(name, "theirs");
    assertThat(pulled.getLast().getString("status")).startsWith("Status: Downloaded newer image");
    String digest = pulled.get(pulled.size() - 2).getString("status");
    fixture.images.tag(name + ":theirs", ImageFixture.call("repo", name, "tag", "ours"));
    try (Answer answer = fixture.images.push(name, ImageFixture.call("tag", "ours"))) {
      List<JsonObject> pushed = ImageFixture.records(answer);
      assertThat(pushed.toString()).contains("Layer already exists");
      assertThat("Digest: " + pushed.getLast().getJsonObject("aux").getString("Digest"))
          .isEqualTo(digest);
    }
    daemon.ask().pullImageCmd(name).withTag("ours").start().awaitCompletion();
    daemon.removingImage(name + ":ours");
    assertThat(daemon.document("/images/" + name + ":ours/json").getString("Id"))
        .isEqualTo(
            fixture
                .images
                .inspect(name + ":ours", ImageFixture.call())
                .document()
                .asJsonObject()
                .getString("Id"));
  }

  @Test
  void whatWeMadeAndPushedTheDaemonPullsAndRuns() throws Exception {
    String name = freshRepository("127.0.0.1:5000");
    Image image;
    try (InputStream root = exported()) {
      Call call =
          ImageFixture.call("fromSrc", "-", "repo", name, "tag", "1").with(new Body(root, -1));
      fixture.images.create(call).bytes();
      image = fixture.service.source().find(name + ":1", "").orElseThrow();
    }
    try (Answer answer = fixture.images.push(name, ImageFixture.call("tag", "1"))) {
      assertThat(ImageFixture.records(answer).getLast().containsKey("aux")).isTrue();
    }
    daemon.ask().pullImageCmd(name).withTag("1").start().awaitCompletion();
    daemon.removingImage(name + ":1");
    assertThat(daemon.document("/images/" + name + ":1/json").getString("Id"))
        .isEqualTo(image.id());
    String container =
        daemon.removing(
            daemon.ask().createContainerCmd(name + ":1").withCmd("true").exec().getId());
    daemon.ask().startContainerCmd(container).exec();
    assertThat(daemon.ask().waitContainerCmd(container).start().awaitStatusCode()).isZero();
  }

  private InputStream exported() {
    return daemon.ask().copyArchiveFromContainerCmd(daemon.container("true"), "/.").exec();
  }

  @Test
  void whatTheDaemonSavesWeLoadUnderTheSameId() throws IOException {
    try (InputStream archive = daemon.ask().saveImageCmd(Daemon.IMAGE).exec()) {
      List<JsonObject> records =
          ImageFixture.records(
              fixture.images.load(ImageFixture.call("quiet", "1").with(new Body(archive, -1))));
      assertThat(records.getLast().getString("stream"))
          .isEqualTo("Loaded image: " + Daemon.IMAGE + "\n");
    }
    assertThat(fixture.service.source().find(Daemon.IMAGE, "").orElseThrow().id())
        .isEqualTo(daemon.document("/images/" + Daemon.IMAGE + "/json").getString("Id"));
  }

  @Test
  void whatWeSaveTheDaemonLoadsUnderTheSameId() throws IOException {
    String name = Daemon.freshName() + ":1";
    Image image = fixture.imported(name);
    byte[] archive = fixture.images.save(name, ImageFixture.call()).bytes();
    daemon.ask().loadImageCmd(new ByteArrayInputStream(archive)).exec();
    daemon.removingImage(name);
    assertThat(daemon.document("/images/" + name + "/json").getString("Id")).isEqualTo(image.id());
  }

  @Test
  void ourInspectSaysWhatTheDaemonsSays() throws IOException {
    pull("127.0.0.1:5000/sockerless/hello", "1");
    daemon.forgetImage(Registries.OPEN_IMAGE);
    try {
      daemon
          .ask()
          .pullImageCmd("127.0.0.1:5000/sockerless/hello")
          .withTag("1")
          .start()
          .awaitCompletion();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    JsonObject theirs = daemon.document("/images/" + Registries.OPEN_IMAGE + "/json");
    JsonObject ours =
        fixture
            .images
            .inspect(Registries.OPEN_IMAGE, ImageFixture.call())
            .document()
            .asJsonObject();
    for (String field :
        List.of(
            "Id",
            "RepoTags",
            "RepoDigests",
            "Parent",
            "Comment",
            "Created",
            "DockerVersion",
            "Author",
            "Config",
            "Architecture",
            "Os",
            "RootFS",
            "Metadata")) {
      assertThat(ours.get(field)).as(field).isEqualTo(theirs.get(field));
    }
  }

  @Test
  void thePrivateRegistryIsPushedToWithCredentials() throws IOException {
    String name = freshRepository(Registries.PRIVATE);
    fixture.imported(name + ":1");
    String header =
        Base64.getUrlEncoder()
            .encodeToString(
                Registries.credentials(Registries.PASSWORD).getBytes(StandardCharsets.UTF_8));
    Call call = ImageFixture.call("tag", "1");
    assertThat(ImageFixture.records(fixture.images.push(name, call)).getLast().getString("error"))
        .contains("no basic auth credentials");
    assertThat(
            ImageFixture.records(
                    fixture.images.push(name, call.withHeader("X-Registry-Auth", header)))
                .getLast()
                .containsKey("aux"))
        .isTrue();
  }

  @Test
  void theRegistryTellsOfAnImageWhatItTellsTheDaemon() {
    JsonObject theirs = daemon.document("/distribution/" + Registries.OPEN_IMAGE + "/json");
    assertThat(fixture.images.distribution(Registries.OPEN_IMAGE, ImageFixture.call()).document())
        .isEqualTo(theirs);
  }
}
