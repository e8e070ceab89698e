package io.sockerless.agent.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockerless.support.Daemon;
import io.sockerless.support.DockerDaemon;
import io.sockerless.support.InternalApi;
import io.sockerless.support.SockerlessServer;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The client before an endpoint of the application server, reached through the edge. */
class WebSocketClientIT {

  @RegisterExtension private final Daemon daemon = new Daemon();

  @BeforeAll
  static void needsADaemon() {
    DockerDaemon.require();
  }

  private static WebSocket connect(String path) throws Exception {
    URI uri =
        URI.create(
            "ws://127.0.0.1:" + SockerlessServer.shared().edgePort() + "/internal/v1/" + path);
    return WebSocketClient.connect(uri, Map.of(), List.of(), Optional.empty(), Pair.LIMITS);
  }

  @Test
  void whatTheServerSendsArrivesWholeAndItsCloseBehindIt() throws Exception {
    String logs = "containers/" + daemon.running("seq", "1", "50000") + "/logs";
    ByteArrayOutputStream received = new ByteArrayOutputStream();
    try (WebSocket socket = connect(logs + "/stream?stdout=1&follow=1")) {
      Optional<Message> message = socket.receive();
      while (message.isPresent()) {
        received.writeBytes(((Message.Binary) message.get()).bytes());
        message = socket.receive();
      }
      assertThat(socket.closeReason()).contains(new CloseReason(CloseReason.NORMAL, ""));
    }

    assertThat(received.toByteArray())
        .isEqualTo(InternalApi.atTheEdge().get(logs + "?stdout=1").bytes())
        .hasSizeGreaterThan(600_000);
  }

  @Test
  void theServerTellsWhyItCloses() throws Exception {
    try (WebSocket socket = connect("containers/nope/wait")) {
      assertThat(socket.receive())
          .contains(new Message.Text("{\"message\":\"No such container: nope\"}"));
      assertThat(socket.receive()).isEmpty();
      assertThat(socket.closeReason()).contains(new CloseReason(4404, "No such container: nope"));
    }
  }
}
