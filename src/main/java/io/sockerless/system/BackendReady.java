package io.sockerless.system;

import io.sockerless.engine.Engine;
import io.sockerless.engine.Probe;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** Ready means that the backend answers: an orchestrator sends nobody here while it does not. */
@Dependent
public class BackendReady {

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
    String problem = Probe.problem(engine);
    return problem.isEmpty()
        ? response.up().build()
        : response.withData("error", problem).down().build();
  }
}
