package io.sockerless.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockerless.backend.docker.DockerEngine;
import io.sockerless.engine.Answer;
import io.sockerless.engine.Call;
import io.sockerless.engine.Engine;
import io.sockerless.engine.Query;
import io.sockerless.support.FakeDaemon;
import io.sockerless.support.Settings;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OperationRunnerTest {

  private final FakeDaemon daemon = FakeDaemon.start();
  private final Engine engine =
      DockerEngine.from(Settings.of("sockerless.docker.host", daemon.host()));
  private final OperationRunner runner = new OperationRunner(engine);

  @BeforeEach
  void answer() {
    daemon.on(
        "GET /info",
        exchange ->
            exchange.answer("200 OK", "Api-Version: 1.41\r\nServer: Docker/20 (linux)\r\n", "{}"));
  }

  @AfterEach
  void stop() {
    daemon.close();
  }

  private Answer info(String version) {
    Call call = Call.of(Query.none());
    return runner.run(
        engine.system()::info,
        new Call(
            Optional.of(version), call.query(), call.headers(), call.body(), call.cancellation()));
  }

  @Test
  void whatADaemonSaysOfItselfIsPassedOnAndNothingAdded() {
    Answer answer = info("1.41");
    assertThat(answer.headers().all("Api-Version")).containsExactly("1.41");
    assertThat(answer.headers().all("Server")).containsExactly("Docker/20 (linux)");
    assertThat(answer.headers().first("Docker-Experimental")).isEmpty();
  }

  @Test
  void aVersionThatTheDaemonDoesNotSpeakIsRefusedBeforeAnythingRuns() {
    assertThat(info("9.99").status()).isEqualTo(400);
    assertThat(daemon.requests("GET /v9.99/info")).isEmpty();
  }
}
