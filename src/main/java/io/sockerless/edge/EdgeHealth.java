package io.sockerless.edge;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;
import org.eclipse.microprofile.health.Startup;

/** Started means that the edge serves; alive, that it has not stopped. */
@Dependent
public class EdgeHealth {

  private final Edge edge;

  /** Watches this edge. */
  @Inject
  public EdgeHealth(Edge edge) {
    this.edge = edge;
  }

  /** Down until clients are served for the first time. */
  @Produces
  @Singleton
  @Startup
  public HealthCheck started() {
    return () -> HealthCheckResponse.named("edge").status(edge.isServing()).build();
  }

  /** Down once the listeners have stopped. */
  @Produces
  @Singleton
  @Liveness
  public HealthCheck live() {
    return () -> HealthCheckResponse.named("edge").status(!edge.isStopped()).build();
  }
}
