package io.sockerless.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sockerless.agent.websocket.Decision;
import io.sockerless.agent.websocket.Limits;
import io.sockerless.agent.websocket.WebSocketServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of calls that are answered, but not by a WebSocket. */
class AgentDiallerTest {

  private static final Limits LIMITS =
      new Limits(1024, Duration.ofSeconds(20), Duration.ofSeconds(20));
  private static final Duration LONG = Duration.ofSeconds(20);

  private final AtomicInteger calls = new AtomicInteger();
  private final AgentDialler dialler =
      new AgentDialler(new AgentRegistry(Duration.ofSeconds(1)), Optional.empty());
  private volatile int status;
  private WebSocketServer server;

  @BeforeEach
  void listen() throws IOException {
    server =
        WebSocketServer.listen(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            Optional.empty(),
            4,
            LIMITS,
            _ -> {
              calls.incrementAndGet();
              return new Decision.Answer(status, "text/plain", "no");
            });
  }

  @AfterEach
  void close() throws IOException {
    dialler.forget("c");
    server.close();
  }

  private CompletableFuture<String> dial() {
    return dialler.dial("c", URI.create("ws://127.0.0.1:" + server.port() + "/ws"), "token");
  }

  @Test
  void anAgentThatWantsAnotherTokenIsNotCalledAgainUntilSomebodyAsksForIt() {
    status = 401;

    assertThat(dial()).succeedsWithin(LONG).asString().contains("401");
    assertThat(calls).hasValue(1);
    assertThat(dial()).succeedsWithin(LONG).asString().contains("401");
    assertThat(calls).hasValue(2);
  }

  @Test
  void aProxyThatHasNoAgentYetIsCalledAgain() {
    status = 503;

    CompletableFuture<String> hopeless = dial();

    await().atMost(LONG).until(() -> calls.get() >= 2);
    assertThat(hopeless).isNotDone();
    assertThat(dial()).isSameAs(hopeless);
  }
}
