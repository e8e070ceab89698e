package io.sockerless.system;

import io.sockerless.engine.Call;
import io.sockerless.engine.Engine;
import io.sockerless.engine.EngineException;
import io.sockerless.engine.Identity;
import io.sockerless.engine.Query;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** Ready means that the backend answers: an orchestrator sends nobody here while it does not. */
@Readiness
@Singleton
public class BackendReady implements HealthCheck {

  private static final long TIMEOUT_SECONDS = 3;

  private final Engine engine;

  /** Asks this engine. */
  @Inject
  public BackendReady(Engine engine) {
    this.engine = engine;
  }

  @Override
  public HealthCheckResponse call() {
    HealthCheckResponseBuilder response =
        HealthCheckResponse.named("backend").withData("backend", engine.backend());
    Call ping = Call.of(Query.none()).with(Identity.SERVER);
    CompletableFuture<String> failure = new CompletableFuture<>();
    failure.completeOnTimeout(
        "no answer in " + TIMEOUT_SECONDS + " s", TIMEOUT_SECONDS, TimeUnit.SECONDS);
    Thread.ofVirtual().name("ready").start(() -> failure.complete(ping(ping)));
    String problem = failure.join();
    ping.cancellation().cancel();
    return problem.isEmpty()
        ? response.up().build()
        : response.withData("error", problem).down().build();
  }

  /** Answers what is wrong, or nothing. */
  private String ping(Call call) {
    try {
      engine.system().ping(call).bytes();
      return "";
    } catch (EngineException e) {
      return e.text();
    } catch (RuntimeException e) {
      return e.toString();
    }
  }
}
