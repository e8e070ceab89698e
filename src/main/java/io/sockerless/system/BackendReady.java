package io.sockerless.system;

import io.sockerless.engine.Call;
import io.sockerless.engine.Engine;
import io.sockerless.engine.EngineException;
import io.sockerless.engine.Identity;
import io.sockerless.engine.Query;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** Ready means that the backend answers: an orchestrator sends nobody here while it does not. */
@Dependent
public class BackendReady {

  private static final long TIMEOUT_SECONDS = 3;

  /** Down while the backend does not answer. */
  @Produces
  @Singleton
  @Readiness
  public HealthCheck ready(Engine engine) {
    return () -> check(engine);
  }

  private static HealthCheckResponse check(Engine engine) {
    HealthCheckResponseBuilder response =
        HealthCheckResponse.named("backend").withData("backend", engine.backend());
    Call call = Call.of(Query.none()).with(Identity.SERVER);
    CompletableFuture<String> failure = new CompletableFuture<>();
    failure.completeOnTimeout(
        "no answer in " + TIMEOUT_SECONDS + " s", TIMEOUT_SECONDS, TimeUnit.SECONDS);
    Thread.ofVirtual().name("ready").start(() -> failure.complete(ping(engine, call)));
    String problem = failure.join();
    call.cancellation().cancel();
    return problem.isEmpty()
        ? response.up().build()
        : response.withData("error", problem).down().build();
  }

  /** Answers what is wrong, or nothing. */
  private static String ping(Engine engine, Call call) {
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
