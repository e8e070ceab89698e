package io.sockerless.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.sockerless.support.FakeDaemon;
import io.sockerless.support.RawClient;
import java.io.IOException;
import java.net.ConnectException;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A server that stops, before a daemon whose answers wait for a test's word. */
@Timeout(30)
class DrainTest {

  private static final String PULL =
      "POST /v1.41/images/create?fromImage=a HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n";
  private static final String EVENTS = "GET /v1.41/events HTTP/1.1\r\nHost: a\r\n\r\n";

  private final CountDownLatch asked = new CountDownLatch(1);
  private final CountDownLatch word = new CountDownLatch(1);
  private FakeDaemon daemon;

  @BeforeEach
  void start() {
    daemon = FakeDaemon.start();
    daemon.on("POST /images/create", this::answerAtTheWord);
    daemon.on("GET /events", this::answerAtTheWord);
  }

  @AfterEach
  void stop() {
    word.countDown();
    daemon.close();
  }

  @Test
  void itWaitsForAPullAndTakesNobodyMore() throws Exception {
    try (EdgeServer edge = EdgeServer.before(daemon.host(), "sockerless.drain", "25");
        RawClient client = ask(edge, PULL)) {
      Thread drain = Thread.ofPlatform().start(edge::drain);
      await()
          .untilAsserted(
              () -> assertThatThrownBy(edge::connect).isInstanceOf(ConnectException.class));
      assertThat(drain.isAlive()).isTrue();

      word.countDown();
      RawClient.Response response = client.response();
      assertThat(response.text()).isEqualTo("done");
      assertThat(response.all("Connection")).containsExactly("close");
      drain.join();
    }
  }

  @Test
  void itDoesNotWaitForWhoeverOnlyWatches() throws Exception {
    try (EdgeServer edge = EdgeServer.before(daemon.host(), "sockerless.drain", "3600");
        RawClient client = ask(edge, EVENTS)) {
      edge.drain();
      word.countDown();
      assertThat(client.response().text()).isEqualTo("done");
    }
  }

  @Test
  void itDoesNotWaitForever() throws Exception {
    try (EdgeServer edge = EdgeServer.before(daemon.host(), "sockerless.drain", "0");
        RawClient client = ask(edge, PULL)) {
      edge.drain();
      word.countDown();
      assertThat(client.response().text()).isEqualTo("done");
    }
  }

  private RawClient ask(EdgeServer edge, String request) throws Exception {
    RawClient client = edge.connect();
    client.send(request);
    asked.await();
    return client;
  }

  private void answerAtTheWord(FakeDaemon.Exchange exchange) throws IOException {
    asked.countDown();
    try {
      word.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    exchange.answer("200 OK", "", "done");
  }
}
