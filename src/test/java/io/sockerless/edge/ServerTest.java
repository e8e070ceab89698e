package io.sockerless.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sockerless.engine.Answer;
import io.sockerless.engine.Call;
import io.sockerless.engine.Query;
import io.sockerless.http.EdgePasses;
import io.sockerless.support.FakeDaemon;
import io.sockerless.wire.Headers;
import io.sockerless.wire.RequestHead;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class ServerTest {

  @Test
  void aRequestWaitsUntilTheApplicationHasStarted() throws Exception {
    AtomicBoolean started = new AtomicBoolean();
    try (FakeDaemon application = FakeDaemon.start()) {
      application.on(
          "GET /internal/v1/capabilities",
          exchange -> exchange.answer(started.get() ? "200 OK" : "404 Not Found", "", "{}"));
      application.on("GET /console/", exchange -> exchange.answer("200 OK", "", "page"));
      Server server = new Server(application.port(), new EdgePasses());
      FutureTask<Answer> page = new FutureTask<>(() -> relay(server));
      Thread client = Thread.ofPlatform().start(page);

      assertThat(server.isReady()).isFalse();
      await().until(() -> client.getState() == Thread.State.TIMED_WAITING);
      assertThat(application.requests("GET /console/")).isEmpty();

      started.set(true);
      assertThat(server.isReady()).isTrue();
      assertThat(page.get(10, TimeUnit.SECONDS).bytes()).asString().isEqualTo("page");
    }
  }

  private static Answer relay(Server server) {
    RequestHead head = new RequestHead("GET", "/console/", Headers.of("Host", "localhost"));
    return server.relay(head, new Target("/console/", ""), Call.of(Query.none()));
  }
}
