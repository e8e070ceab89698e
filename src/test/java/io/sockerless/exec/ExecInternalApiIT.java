package io.sockerless.exec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sockerless.support.Daemon;
import io.sockerless.support.DockerDaemon;
import io.sockerless.support.InternalApi;
import io.sockerless.support.InternalApi.Reply;
import io.sockerless.support.SockerlessServer;
import io.sockerless.wire.Connection;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Exec instances by the internal API; the criteria are those of DKR-002. */
class ExecInternalApiIT {

  @RegisterExtension private final Daemon daemon = new Daemon();
  private final InternalApi api = InternalApi.atTheEdge();

  @BeforeAll
  static void needsADaemon() {
    DockerDaemon.require();
  }

  @Test
  void criterion10ExecCreatePreparesTheCommand() {
    String id = daemon.running();

    Reply reply =
        api.post(
            "containers/" + id + "/exec",
            """
            {"Cmd": ["sh", "-c", "echo $A; pwd"], "Env": ["A=b"], "WorkingDir": "/tmp", "Tty": true,
             "AttachStdin": true, "AttachStdout": true, "AttachStderr": true}
            """);

    assertThat(reply.status()).isEqualTo(201);
    String exec = reply.object().getString("Id");
    var made = daemon.ask().inspectExecCmd(exec).exec();
    assertThat(made.getProcessConfig().getEntryPoint()).isEqualTo("sh");
    assertThat(made.getProcessConfig().getArguments()).containsExactly("-c", "echo $A; pwd");
    assertThat(made.getProcessConfig().isTty()).isTrue();
    assertThat(made.isOpenStdin()).isTrue();
    assertThat(made.isOpenStdout()).isTrue();
    assertThat(api.post("exec/" + exec + "/start", "{\"Tty\": true}").text())
        .isEqualTo("b\r\n/tmp\r\n");
  }

  @Test
  void criterion11ExecInspectTellsRunningAndExitCode() {
    String id = daemon.running();
    String exec = exec(id, "[\"sh\", \"-c\", \"until [ -e /go ]; do sleep 0.1; done; exit 3\"]");
    api.post("exec/" + exec + "/start", "{\"Detach\": true}");

    Reply running = api.get("exec/" + exec);
    api.post("exec/" + exec(id, "[\"touch\", \"/go\"]") + "/start", "{\"Detach\": true}");

    assertThat(running.status()).isEqualTo(200);
    assertThat(running.object().getBoolean("Running")).isTrue();
    await().until(() -> !api.get("exec/" + exec).object().getBoolean("Running"));
    assertThat(api.get("exec/" + exec).object().getInt("ExitCode")).isEqualTo(3);
    assertThat(api.get("exec/" + exec).object().getString("ContainerID")).isEqualTo(id);
  }

  @Test
  void aDetachedStartAnswers200AndRuns() {
    String id = daemon.running();
    String exec = exec(id, "[\"touch\", \"/made\"]");

    Reply reply = api.post("exec/" + exec + "/start", "{\"Detach\": true}");

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.bytes()).isEmpty();
    await().until(() -> api.get("containers/" + id + "/archive?path=/made").status() == 200);
  }

  @Test
  void anAttachedStartTakesOverTheConnection() throws IOException {
    String id = daemon.running();
    String exec =
        api.post(
                "containers/" + id + "/exec",
                "{\"Cmd\": [\"cat\"], \"AttachStdin\": true, \"AttachStdout\": true}")
            .object()
            .getString("Id");

    String answer = hijack("exec/" + exec + "/start", "{}", "ping\n");

    assertThat(answer)
        .startsWith("HTTP/1.1 101 ")
        .contains("X-Request-Id: ")
        .endsWith("\r\n\r\n\1\0\0\0\0\0\0\5ping\n");
    assertThat(api.get("exec/" + exec).object().getInt("ExitCode")).isZero();
  }

  @Test
  void attachJoinsTheContainersStreams() throws IOException {
    String id =
        daemon.removing(
            api.post(
                    "containers",
                    "{\"Image\": \"alpine:latest\", \"Cmd\": [\"cat\"], \"OpenStdin\": true, \"StdinOnce\": true}")
                .object()
                .getString("Id"));
    daemon.ask().startContainerCmd(id).exec();

    String answer = hijack("containers/" + id + "/attach?stream=1&stdin=1&stdout=1", "", "ping\n");

    assertThat(answer)
        .startsWith("HTTP/1.1 101 ")
        .contains("X-Request-Id: ")
        .endsWith("\r\n\r\n\1\0\0\0\0\0\0\5ping\n");
  }

  @Test
  void resizeReachesTheTerminal() {
    String id = daemon.running();
    String exec =
        api.post("containers/" + id + "/exec", "{\"Cmd\": [\"sleep\", \"1000\"], \"Tty\": true}")
            .object()
            .getString("Id");
    api.post("exec/" + exec + "/start", "{\"Detach\": true, \"Tty\": true}");

    assertThat(api.post("exec/" + exec + "/resize?h=40&w=100").status()).isBetween(200, 201);
  }

  private String exec(String container, String command) {
    return api.post("containers/" + container + "/exec", "{\"Cmd\": " + command + "}")
        .object()
        .getString("Id");
  }

  /** Sends input, ends it, and answers all that came back. */
  private static String hijack(String path, String body, String input) throws IOException {
    try (Connection connection = SockerlessServer.shared().open()) {
      String request =
          """
          POST /internal/v1/%s HTTP/1.1\r
          Host: localhost\r
          Connection: Upgrade\r
          Upgrade: tcp\r
          Content-Type: application/json\r
          Content-Length: %d\r
          \r
          %s%s\
          """
              .formatted(path, body.length(), body, input);
      connection.output().write(request.getBytes(StandardCharsets.US_ASCII));
      connection.shutdownOutput();
      return new String(connection.input().readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }
}
