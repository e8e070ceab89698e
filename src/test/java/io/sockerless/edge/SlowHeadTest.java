package io.sockerless.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockerless.support.FakeDaemon;
import io.sockerless.support.RawClient;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Heads that do not come, at an edge that waits for less long than it would. */
@Timeout(20)
class SlowHeadTest {

  private static final Duration HEAD_TIME = Duration.ofMillis(800);

  private static FakeDaemon daemon;
  private static EdgeServer edge;

  @BeforeAll
  static void start() {
    daemon = FakeDaemon.start();
    edge = EdgeServer.before(daemon.host(), HEAD_TIME);
  }

  @AfterAll
  static void stop() {
    edge.close();
    daemon.close();
  }

  private static void assertCut(RawClient client, long start) throws IOException {
    RawClient.Response response = client.response();
    long millis = Duration.ofNanos(System.nanoTime() - start).toMillis();
    assertThat(response.status()).isEqualTo(408);
    assertThat(response.text()).startsWith("{\"message\":");
    assertThat(client.ends()).isTrue();
    assertThat(millis).isBetween(HEAD_TIME.toMillis() - 10, HEAD_TIME.toMillis() + 2000);
  }

  @Test
  void aConnectionThatSaysNothingIsCut() throws IOException {
    long start = System.nanoTime();
    try (RawClient client = edge.connect()) {
      assertCut(client, start);
    }
  }

  @Test
  void aHeadThatStopsHalfWayIsCut() throws IOException {
    long start = System.nanoTime();
    try (RawClient client = edge.connect()) {
      assertCut(client.send("GET /half HTTP/1.1\r\nHost: a\r\n"), start);
    }
    assertThat(daemon.received()).doesNotContain("/half");
  }

  @Test
  void aHeadThatTricklesIsCutAllTheSame() throws Exception {
    long start = System.nanoTime();
    CountDownLatch cut = new CountDownLatch(1);
    try (RawClient client = edge.connect()) {
      Thread trickle = Thread.ofVirtual().start(() -> trickle(client, cut));
      assertCut(client, start);
      cut.countDown();
      trickle.join();
    }
    assertThat(daemon.received()).doesNotContain("/trickle");
  }

  private static void trickle(RawClient client, CountDownLatch cut) {
    try {
      client.send("GET /trickle HTTP/1.1\r\nHost: a\r\nX: ");
      while (!cut.await(50, TimeUnit.MILLISECONDS)) {
        client.send("x");
      }
    } catch (IOException e) {
      // As it should be.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void aConnectionThatHasServedMayBeIdleForAsLongAsItLikes() throws Exception {
    try (RawClient client = edge.connect()) {
      client.send("GET /_ping HTTP/1.1\r\nHost: a\r\n\r\n");
      assertThat(client.response().text()).isEqualTo("OK");
      assertThat(new CountDownLatch(1).await(2 * HEAD_TIME.toMillis(), TimeUnit.MILLISECONDS))
          .isFalse();
      client.send("GET /_ping HTTP/1.1\r\nHost: a\r\n\r\n");
      assertThat(client.response().text()).isEqualTo("OK");
    }
  }

  @Test
  void anAnswerMayTakeLongerThanAHead() throws IOException {
    daemon.on(
        "GET /containers/slow/json",
        exchange -> {
          try {
            assertThat(new CountDownLatch(1).await(2 * HEAD_TIME.toMillis(), TimeUnit.MILLISECONDS))
                .isFalse();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          exchange.answer("200 OK", "", "{}");
        });
    try (RawClient client = edge.connect()) {
      client.send("GET /containers/slow/json HTTP/1.1\r\nHost: a\r\n\r\n");
      assertThat(client.response().text()).isEqualTo("{}");
    }
  }
}
