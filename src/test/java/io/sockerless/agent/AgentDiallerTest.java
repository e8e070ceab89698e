package io.sockerless.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sockerless.agent.websocket.Decision;
import io.sockerless.agent.websocket.Limits;
import io.sockerless.agent.websocket.WebSocket;
import io.sockerless.agent.websocket.WebSocketServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
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
  private volatile Optional<Decision> answer = Optional.empty();
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
              return answer.orElseGet(() -> new Decision.Answer(status, "text/plain", "no"));
            });
  }

  @AfterEach
  void close() throws IOException {
    dialler.forget("c");
    server.close();
  }

  private CompletableFuture<String> dial() {
    return dialler.dial("c", address(), "token");
  }

  private URI address() {
    return URI.create("ws://127.0.0.1:" + server.port() + "/ws");
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

  @Test
  void whoIsForgottenIsNotHeardAnyMore() throws Exception {
    CountDownLatch ended = new CountDownLatch(2);
    List<WebSocket> open = new CopyOnWriteArrayList<>();
    answer =
        Optional.of(
            new Decision.Accept(
                "",
                socket -> {
                  open.add(socket);
                  while (socket.receive().isPresent()) {
                    // It says nothing that matters here.
                  }
                  ended.countDown();
                }));
    dial();
    dialler.dial("d", address(), "token");
    await().atMost(LONG).until(() -> open.size() == 2);

    dialler.forget("c");
    dialler.forget("d");

    assertThat(ended.await(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(calls).hasValue(2);
  }

  @Test
  void oneOfManyCallsCostsNoThreadOfTheSystem() {
    status = 503;
    List<String> containers = IntStream.range(0, 100).mapToObj(number -> "many " + number).toList();

    containers.forEach(container -> dialler.dial(container, address(), "token"));

    assertThat(platformThreads()).isEqualTo(32);
    containers.forEach(dialler::forget);
    await().atMost(LONG).until(() -> platformThreads() == 0);
    dial();
    assertThat(platformThreads()).isEqualTo(1);
  }

  /** None but those of the system are told of here. */
  private static long platformThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("agent dialler"))
        .count();
  }
}
