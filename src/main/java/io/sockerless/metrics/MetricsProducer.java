package io.sockerless.metrics;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Has the figures live as long as the application. */
@Dependent
public class MetricsProducer {

  /** Stands before the engine, and is read by {@link MetricsResource}. */
  @Produces
  @Singleton
  public RequestMetrics requests() {
    return new RequestMetrics();
  }
}
