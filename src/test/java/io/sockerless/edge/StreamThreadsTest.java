package io.sockerless.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sockerless.support.FakeDaemon;
import io.sockerless.support.RawClient;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Which threads streams are carried by, and that each carries as well as the others. */
@Timeout(60)
class StreamThreadsTest {

  private static final int FEW = 32;

  @Test
  void theFirstStreamsHavePlatformThreadsAndGiveThemBack() throws IOException {
    try (FakeDaemon daemon = FakeDaemon.start();
        EdgeServer edge = EdgeServer.before(daemon.host())) {
      daemon.on(
          "POST /containers/echo/attach",
          exchange -> {
            exchange.hijack();
            exchange.write(exchange.readToEnd());
            exchange.close();
          });
      long before = inputs();
      List<RawClient> clients = new ArrayList<>();
      for (int i = 0; i < FEW + 8; i++) {
        clients.add(attach(edge));
      }
      await().untilAsserted(() -> assertThat(inputs() - before).isEqualTo(FEW));

      for (RawClient client : clients) {
        client.send("echo").halfClose();
        assertThat(client.readToEnd()).asString().isEqualTo("echo");
        client.close();
      }
      await().untilAsserted(() -> assertThat(inputs()).isEqualTo(before));

      try (RawClient another = attach(edge)) {
        await().untilAsserted(() -> assertThat(inputs() - before).isEqualTo(1));
      }
    }
  }

  private static RawClient attach(EdgeServer edge) throws IOException {
    RawClient client = edge.connect();
    client.send(
        "POST /containers/echo/attach?stream=1&stdin=1&stdout=1 HTTP/1.1\r\nHost: docker\r\n"
            + "Connection: Upgrade\r\nUpgrade: tcp\r\n\r\n");
    client.head();
    return client;
  }

  /** How many platform threads carry a client's input: virtual ones are not in this list. */
  private static long inputs() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("stdin"))
        .count();
  }
}
