package io.sockerless.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sockerless.support.Daemon;
import io.sockerless.support.DockerDaemon;
import io.sockerless.support.InternalApi;
import io.sockerless.support.InternalApi.Reply;
import io.sockerless.support.SockerlessServer;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Errors of the internal API; the criteria are those of DKR-002. */
class InternalErrorsIT {

  @RegisterExtension private final Daemon daemon = new Daemon();
  private final InternalApi api = InternalApi.atTheEdge();

  @BeforeAll
  static void needsADaemon() {
    DockerDaemon.require();
  }

  @ParameterizedTest
  @CsvSource({
    "GET, containers/nope, container: nope",
    "DELETE, containers/nope, container: nope",
    "POST, containers/nope/start, container: nope",
    "POST, containers/nope/stop, container: nope",
    "POST, containers/nope/restart, container: nope",
    "POST, containers/nope/kill, container: nope",
    "POST, containers/nope/pause, container: nope",
    "POST, containers/nope/unpause, container: nope",
    "POST, containers/nope/rename?name=other, container: nope",
    "POST, containers/nope/wait, container: nope",
    "GET, containers/nope/logs?stdout=1, container: nope",
    "POST, containers/nope/attach?stream=1, container: nope",
    "GET, containers/nope/top, container: nope",
    "GET, containers/nope/stats?stream=0, container: nope",
    "GET, containers/nope/archive?path=/, container: nope",
    "GET, containers/nope/changes, container: nope",
    "GET, containers/nope/export, container: nope",
    "POST, containers/nope/commit, container: nope",
    "GET, exec/nope, exec instance: nope",
    "POST, exec/nope/resize?h=1&w=1, exec instance: nope",
    "GET, images/no/such:1, image: no/such:1",
    "GET, images/inspect?name=no/such:1, image: no/such:1",
    "GET, images/no/such:1/history, image: no/such:1",
    "DELETE, images/no/such:1, image: no/such:1",
    "POST, images/no/such:1/tag?repo=a&tag=b, image: no/such:1",
    "POST, images/tag?name=no/such:1&repo=a&tag=b, image: no/such:1",
    "GET, networks/nope, network: nope",
    "DELETE, networks/nope, network: nope",
    "GET, volumes/nope, volume: nope",
    "DELETE, volumes/nope, volume: nope"
  })
  void criterion27NotFoundNamesWhatIsMissing(String method, String path, String what) {
    for (InternalApi way : List.of(api, InternalApi.atTheServer())) {
      if (way != api && path.contains("/attach")) {
        continue;
      }
      Reply reply = way.send(method, path, BodyPublishers.noBody());

      assertThat(reply.status()).isEqualTo(404);
      assertThat(reply.object()).hasSize(1);
      assertThat(reply.message()).isEqualTo("No such " + what);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "containers/nope/exec, '{\"Cmd\": [\"true\"]}', container: nope",
    "containers/nope/update, '{\"PidsLimit\": 9}', container: nope",
    "exec/nope/start, '{\"Detach\": true}', exec instance: nope",
    "exec/nope/start, '{\"Detach\": false}', exec instance: nope",
    "containers, '{\"Image\": \"127.0.0.1:5000/no/such:1\"}', image: 127.0.0.1:5000/no/such:1"
  })
  void criterion27NotFoundNamesWhatADocumentAskedFor(String path, String body, String what) {
    Reply reply = api.post(path, body);

    assertThat(reply.status()).isEqualTo(404);
    assertThat(reply.message()).isEqualTo("No such " + what);
  }

  @Test
  void aNotFoundAboutSomethingElseKeepsTheBackendsWords() {
    Reply created =
        api.post(
            "containers",
            "{\"Image\": \"alpine:latest\", \"HostConfig\": {\"NetworkMode\": \"no-such-network\"}}");
    assertThat(created.status()).isIn(201, 404);
    Reply failed =
        created.status() == 404
            ? created
            : api.post(
                "containers/" + daemon.removing(created.object().getString("Id")) + "/start");

    assertThat(failed.status()).isEqualTo(404);
    assertThat(failed.message())
        .contains("no-such-network")
        .doesNotContain("No such container")
        .doesNotContain("No such image");
  }

  @Test
  void criterion28ConflictsAre409() {
    String name = Daemon.freshName();
    String id = daemon.running();
    api.post("containers/" + id + "/rename?name=" + name);
    String volume = Daemon.freshName();
    daemon.removingVolume(volume);
    daemon.removing(
        api.post(
                "containers",
                "{\"Image\": \"alpine:latest\", \"HostConfig\": {\"Binds\": [\""
                    + volume
                    + ":/data\"]}}")
            .object()
            .getString("Id"));

    Reply taken = api.post("containers?name=" + name, "{\"Image\": \"alpine:latest\"}");
    Reply running = api.delete("containers/" + id);
    Reply inUse = api.delete("volumes/" + volume);
    Reply stopped = api.post("containers/" + daemon.container("true") + "/kill");
    Reply notPaused = api.post("containers/" + id + "/unpause");

    assertThat(taken.status()).isEqualTo(409);
    assertThat(taken.message()).contains("\"/" + name + "\" is already in use");
    assertThat(running.status()).isEqualTo(409);
    assertThat(running.message()).contains(id).contains("running");
    assertThat(inUse.status()).isEqualTo(409);
    assertThat(inUse.message()).contains("volume is in use");
    assertThat(stopped.status()).isEqualTo(409);
    assertThat(stopped.message()).contains("is not running");
    assertThat(notPaused.message()).contains("is not paused");
  }

  @Test
  void criterion29NotModifiedIs304WithoutABody() {
    String running = daemon.running();
    String stopped = daemon.container("true");

    for (InternalApi way : List.of(api, InternalApi.atTheServer())) {
      Reply started = way.post("containers/" + running + "/start");
      Reply ended = way.post("containers/" + stopped + "/stop");

      assertThat(started.status()).isEqualTo(304);
      assertThat(started.bytes()).isEmpty();
      assertThat(ended.status()).isEqualTo(304);
      assertThat(ended.bytes()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "containers, '{'",
    "containers, '[]'",
    "containers, '{\"Image\": \"alpine:latest\", \"HostConfig\": {\"Memory\": 1}}'",
    "networks/bridge/connect, 'no'"
  })
  void whatIsWrongInTheRequestIs400(String path, String body) {
    Reply reply = api.post(path, body);

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.message()).isNotEmpty();
  }

  @Test
  void anUnknownFilterIs400() {
    assertThat(api.get("containers?filters=%7B%22x%22%3A%5B%22y%22%5D%7D").status()).isEqualTo(400);
  }

  @ParameterizedTest
  @CsvSource({
    "GET, capabilities",
    "GET, containers",
    "GET, containers/nope",
    "GET, no/such/path",
    "POST, containers/nope/attach",
    "POST, exec/nope/start"
  })
  void everyAnswerHasARequestId(String method, String path) {
    for (InternalApi way : List.of(api, InternalApi.atTheServer())) {
      Reply one = way.send(method, path, BodyPublishers.noBody());
      Reply other = way.send(method, path, BodyPublishers.noBody());

      assertThat(one.response().headers().allValues("X-Request-Id")).hasSize(1);
      assertThat(one.header("X-Request-Id"))
          .matches("[0-9a-f]{16}")
          .isNotEqualTo(other.header("X-Request-Id"));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "GET, containers/nope, '404 No such container: nope'",
    "GET, no/such/path, 404",
    "POST, exec/nope/start, ''"
  })
  void theLogLineOfAnErrorHasItsRequestId(String method, String path, String text) {
    String id = api.send(method, path, BodyPublishers.noBody()).header("X-Request-Id");

    await()
        .untilAsserted(() ->
            assertThat(logLines(id))
                .singleElement()
                .asString()
                .contains(method + " /internal/v1/" + path)
                .contains(text));
  }

  @Test
  void aClientsOwnRequestIdIsKeptIfItIsFitForALog() {
    Reply kept =
        api.send("GET", "containers/nope", BodyPublishers.noBody(), "X-Request-Id", "job-7.a");
    Reply replaced =
        api.send("GET", "containers/nope", BodyPublishers.noBody(), "X-Request-Id", "a b{0}");

    assertThat(kept.header("X-Request-Id")).isEqualTo("job-7.a");
    assertThat(replaced.header("X-Request-Id")).matches("[0-9a-f]{16}");
  }

  @Test
  void theDockerApiHasNoRequestIds() {
    assertThat(SockerlessServer.shared().send("GET", "/_ping", "").headers().map())
        .doesNotContainKey("x-request-id");
  }

  private static List<String> logLines(String id) throws IOException {
    return Files.readString(SockerlessServer.shared().log())
        .lines()
        .filter(line -> line.contains(id))
        .toList();
  }
}
