package io.sockerless.image;

import static io.sockerless.support.InternalApi.escape;
import static io.sockerless.support.Registries.OPEN_IMAGE;
import static io.sockerless.support.Registries.PASSWORD;
import static io.sockerless.support.Registries.PRIVATE_IMAGE;
import static io.sockerless.support.Registries.credentials;
import static org.assertj.core.api.Assertions.assertThat;

import io.sockerless.support.Daemon;
import io.sockerless.support.DockerDaemon;
import io.sockerless.support.InternalApi;
import io.sockerless.support.InternalApi.Reply;
import io.sockerless.support.Registries;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Images by the internal API; the criteria are those of DKR-002. */
class ImageInternalApiIT {

  @RegisterExtension private final Daemon daemon = new Daemon();
  private final InternalApi api = InternalApi.atTheEdge();

  @BeforeAll
  static void needsADaemonAndRegistries() {
    DockerDaemon.require();
    Registries.require();
  }

  @Test
  void criterion12PullStreamsProgressAndUsesTheCredentials() {
    daemon.forgetImage(PRIVATE_IMAGE);

    Reply refused = api.post("images/pull", pull(PRIVATE_IMAGE, "null"));
    boolean withoutCredentials = daemon.hasImage(PRIVATE_IMAGE);
    Reply pulled = api.post("images/pull", pull(PRIVATE_IMAGE, credentials(PASSWORD)));

    daemon.removingImage(PRIVATE_IMAGE);
    assertThat(refused.status() >= 400 || refused.text().contains("errorDetail")).isTrue();
    assertThat(withoutCredentials).isFalse();
    assertThat(pulled.status()).isEqualTo(200);
    assertThat(pulled.text().lines()).hasSizeGreaterThan(1).allMatch(line -> line.startsWith("{"));
    assertThat(pulled.text()).contains("\"status\"").doesNotContain("errorDetail");
    assertThat(daemon.hasImage(PRIVATE_IMAGE)).isTrue();
  }

  @Test
  void pullTakesCredentialsThatAreEncodedAlready() {
    daemon.forgetImage(PRIVATE_IMAGE);
    String encoded =
        Base64.getUrlEncoder()
            .encodeToString(credentials(PASSWORD).getBytes(StandardCharsets.UTF_8));

    Reply pulled = api.post("images/pull", pull(PRIVATE_IMAGE, '"' + encoded + '"'));

    daemon.removingImage(PRIVATE_IMAGE);
    assertThat(pulled.status()).isEqualTo(200);
    assertThat(daemon.hasImage(PRIVATE_IMAGE)).isTrue();
  }

  @Test
  void pullWithoutATagMeansLatest() {
    String latest = "127.0.0.1:5000/library/alpine:latest";
    daemon.forgetImage(latest);

    Reply pulled = api.post("images/pull", "{\"Reference\": \"127.0.0.1:5000/library/alpine\"}");

    daemon.removingImage(latest);
    assertThat(pulled.text()).contains("latest");
    assertThat(daemon.hasImage(latest)).isTrue();
  }

  @Test
  void pullOfWhatNoRegistryHasNamesTheImage() {
    Reply reply = api.post("images/pull", pull("127.0.0.1:5000/sockerless/nothing:1", "null"));

    assertThat(reply.status()).isEqualTo(404);
    assertThat(reply.message()).startsWith("No such image: 127.0.0.1:5000/sockerless/nothing:1: ");
  }

  @Test
  void pullWithoutAReferenceIs400() {
    assertThat(api.post("images/pull", "{}").status()).isEqualTo(400);
    assertThat(api.post("images/pull", "[").status()).isEqualTo(400);
  }

  @Test
  void pullByDockersOwnFormTakesTheHeader() {
    daemon.forgetImage(PRIVATE_IMAGE);

    Reply pulled =
        api.send(
            "POST",
            "images/create?fromImage=127.0.0.1:5001/private/hello&tag=1",
            BodyPublishers.noBody(),
            "X-Registry-Auth",
            Base64.getUrlEncoder()
                .encodeToString(credentials(PASSWORD).getBytes(StandardCharsets.UTF_8)));

    daemon.removingImage(PRIVATE_IMAGE);
    assertThat(pulled.status()).isEqualTo(200);
    assertThat(daemon.hasImage(PRIVATE_IMAGE)).isTrue();
  }

  @Test
  void createPullsAMissingImage() {
    daemon.forgetImage(OPEN_IMAGE);

    Reply reply = api.post("containers", "{\"Image\": \"" + OPEN_IMAGE + "\"}");

    daemon.removingImage(OPEN_IMAGE);
    assertThat(reply.status()).isEqualTo(201);
    daemon.removing(reply.object().getString("Id"));
    assertThat(daemon.hasImage(OPEN_IMAGE)).isTrue();
  }

  @Test
  void criterion13InspectAnswersForANameWithSlashesInBothForms() {
    String name = "example.com/deep/" + Daemon.freshName() + ":1";
    daemon.ask().tagImageCmd(Daemon.IMAGE, name.substring(0, name.length() - 2), "1").exec();
    daemon.removingImage(name);
    String id = daemon.ask().inspectImageCmd(Daemon.IMAGE).exec().getId();

    Reply byPath = api.get("images/" + name);
    Reply byQuery = api.get("images/inspect?name=" + escape(name));
    Reply atTheServer = InternalApi.atTheServer().get("images/" + name);

    assertThat(byPath.status()).isEqualTo(200);
    assertThat(byPath.object().getString("Id")).isEqualTo(id);
    assertThat(byPath.object().keySet()).contains("RepoTags", "Config", "RootFS", "Architecture");
    assertThat(byQuery.object()).isEqualTo(byPath.object());
    assertThat(atTheServer.object()).isEqualTo(byPath.object());
  }

  @Test
  void inspectWithoutANameIs400() {
    assertThat(api.get("images/inspect").status()).isEqualTo(400);
  }

  @Test
  void criterion14LoadReadsATarStream() {
    String name = Daemon.freshName();
    daemon.ask().tagImageCmd(Daemon.IMAGE, name, "1").exec();
    byte[] saved = api.get("images/" + name + ":1/get").bytes();
    daemon.forgetImage(name + ":1");

    Reply reply =
        api.send(
            "POST",
            "images/load",
            BodyPublishers.ofByteArray(saved),
            "Content-Type",
            "application/x-tar");

    daemon.removingImage(name + ":1");
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.text()).contains("Loaded image: " + name + ":1");
    assertThat(daemon.hasImage(name + ":1")).isTrue();
  }

  @Test
  void criterion15TagGivesOneMoreNameInBothForms() {
    String repository = "example.com/deep/" + Daemon.freshName();

    Reply byPath = api.post("images/alpine:latest/tag?repo=" + repository + "&tag=1");
    Reply byQuery =
        api.post("images/tag?name=" + escape(repository + ":1") + "&repo=" + repository + "&tag=2");

    daemon.removingImage(repository + ":1");
    daemon.removingImage(repository + ":2");
    assertThat(byPath.status()).isEqualTo(201);
    assertThat(byQuery.status()).isEqualTo(201);
    assertThat(daemon.ask().inspectImageCmd(Daemon.IMAGE).exec().getRepoTags())
        .contains(repository + ":1", repository + ":2");
  }

  @Test
  void criterion16AuthChecksTheCredentialsWithTheRegistry() {
    Reply good = api.post("auth", credentials(PASSWORD));
    Reply bad = api.post("auth", credentials("wrong"));

    assertThat(good.status()).isEqualTo(200);
    assertThat(good.object().getString("Status")).isEqualTo("Login Succeeded");
    assertThat(good.object()).containsKey("IdentityToken");
    assertThat(bad.status()).isBetween(400, 500);
    assertThat(bad.object()).containsKey("message");
  }

  @Test
  void listHistoryAndRemoveSpeakOfTheImage() {
    String name = "example.com/deep/" + Daemon.freshName() + ":1";
    daemon.ask().tagImageCmd(Daemon.IMAGE, name.substring(0, name.length() - 2), "1").exec();
    daemon.removingImage(name);

    Reply list = api.get("images?filters=" + escape("{\"reference\":[\"" + name + "\"]}"));
    Reply history = api.get("images/" + name + "/history");
    Reply removed = api.delete("images/" + name);

    assertThat(list.array()).hasSize(1);
    assertThat(history.array()).isNotEmpty();
    assertThat(removed.status()).isEqualTo(200);
    assertThat(removed.array().getJsonObject(0).getString("Untagged")).isEqualTo(name);
    assertThat(daemon.hasImage(name)).isFalse();
  }

  @Test
  void pruneAnswersWhatItRemoved() {
    Reply reply =
        api.post("images/prune?filters=" + escape("{\"label\":[\"" + Daemon.freshName() + "\"]}"));

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.object().getInt("SpaceReclaimed")).isZero();
  }

  private static String pull(String reference, String auth) {
    JsonObject request = Json.createObjectBuilder().add("Reference", reference).build();
    String text = request.toString();
    return text.substring(0, text.length() - 1) + ", \"Auth\": " + auth + "}";
  }
}
