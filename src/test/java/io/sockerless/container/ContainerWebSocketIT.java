package io.sockerless.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sockerless.support.Daemon;
import io.sockerless.support.DaemonProxy;
import io.sockerless.support.DockerDaemon;
import io.sockerless.support.InternalApi;
import io.sockerless.support.SockerlessServer;
import io.sockerless.support.SocketListener;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The WebSockets of the internal API; the criteria are those of DKR-002. */
class ContainerWebSocketIT {

  private static final int NORMAL = 1000;
  private static final int NOT_FOUND = 4404;

  @RegisterExtension private final Daemon daemon = new Daemon();
  private final InternalApi api = InternalApi.atTheEdge();
  private final SocketListener listener = new SocketListener();

  @BeforeAll
  static void needsADaemon() {
    DockerDaemon.require();
  }

  @Test
  void criterion08WaitOverWebSocketAnswersTheStatusCode() throws Exception {
    String id = daemon.container("sh", "-c", "exit 42");
    api.webSocket("containers/" + id + "/wait?condition=next-exit", listener);
    // Nothing tells when the daemon has the waiter; a start too early is followed by another one.
    await()
        .until(() -> {
          api.post("containers/" + id + "/start");
          return listener.isClosed();
        });

    assertThat(listener.closed().code()).isEqualTo(NORMAL);
    assertThat(listener.text()).isEqualTo("{\"StatusCode\":42}");
  }

  @Test
  void waitForAContainerThatHasExitedAnswersAtOnce() throws Exception {
    String id = ended("true");

    api.webSocket("containers/" + id + "/wait", listener);

    assertThat(listener.closed().code()).isEqualTo(NORMAL);
    assertThat(listener.text()).isEqualTo("{\"StatusCode\":0}");
  }

  @Test
  void waitSpeaksAtTheServersOwnPortToo() throws Exception {
    String id = daemon.running();
    InternalApi.atTheServer().webSocket("containers/" + id + "/wait", listener);

    daemon.ask().killContainerCmd(id).exec();

    assertThat(listener.closed().code()).isEqualTo(NORMAL);
    assertThat(listener.text()).isEqualTo("{\"StatusCode\":137}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"wait", "logs/stream?stdout=1"})
  void aMissingContainerIsNamedBeforeTheClose(String operation) throws Exception {
    api.webSocket("containers/nope/" + operation, listener);

    assertThat(listener.closed())
        .isEqualTo(new SocketListener.Close(NOT_FOUND, "No such container: nope"));
    assertThat(listener.text()).isEqualTo("{\"message\":\"No such container: nope\"}");
  }

  @Test
  void logsArriveWholeAndInOrderAndTheSocketClosesBehindThem() throws Exception {
    String id = ended("seq", "1", "50000");

    api.webSocket("containers/" + id + "/logs/stream?stdout=1&follow=1", listener);

    assertThat(listener.closed().code()).isEqualTo(NORMAL);
    assertThat(listener.bytes())
        .isEqualTo(api.get("containers/" + id + "/logs?stdout=1").bytes())
        .hasSizeGreaterThan(600_000);
  }

  @Test
  void followedLogsComeWhileTheContainerRuns() throws Exception {
    String id = daemon.running("sh", "-c", "echo first; sleep 1000");

    WebSocket socket =
        api.webSocket("containers/" + id + "/logs/stream?stdout=true&follow=true", listener);

    await().until(() -> new String(listener.bytes(), StandardCharsets.UTF_8).contains("first"));
    assertThat(listener.isClosed()).isFalse();
    socket.abort();
  }

  @Test
  void aSlowReaderLosesNothingAndHoldsUpNobody() throws Exception {
    String id = ended("sh", "-c", "yes " + "x".repeat(2000) + " | head -n 15000");
    SocketListener slow = SocketListener.thatWaits();
    String path = "containers/" + id + "/logs/stream?stdout=1&follow=1";
    WebSocket stalled = api.webSocket(path, slow);

    api.webSocket(path, listener);

    assertThat(listener.closed().code()).isEqualTo(NORMAL);
    assertThat(slow.isClosed()).isFalse();
    stalled.request(1);
    assertThat(slow.closed().code()).isEqualTo(NORMAL);
    assertThat(slow.bytes()).isEqualTo(listener.bytes()).hasSize(15_000 * 2009);
  }

  @ParameterizedTest
  @CsvSource({"wait,/wait", "logs/stream?stdout=1&follow=1,/logs"})
  void aClientThatLeavesHoldsNothingInTheDaemon(String operation, String asked) throws Exception {
    String id = daemon.running();
    try (DaemonProxy proxy = new DaemonProxy();
        SockerlessServer server =
            SockerlessServer.start(Map.of("SOCKERLESS_DOCKER_HOST", proxy.host()))) {
      InternalApi watched = InternalApi.at(server.edgePort());
      WebSocket closing = watched.webSocket("containers/" + id + "/" + operation, listener);
      WebSocket vanishing =
          watched.webSocket("containers/" + id + "/" + operation, new SocketListener());
      await().until(() -> proxy.asking(id + asked) == 2);

      closing.sendClose(NORMAL, "");
      vanishing.abort();

      await().atMost(Duration.ofSeconds(10)).until(() -> proxy.asking(id + asked) == 0);
    }
  }

  /** A container that has come to its end: of one that ends meanwhile dockerd may cut the logs. */
  private String ended(String... command) {
    String id = daemon.running(command);
    await().until(() -> !daemon.ask().inspectContainerCmd(id).exec().getState().getRunning());
    return id;
  }
}
