package io.sockerless.backend.core.container;

import io.sockerless.backend.core.driver.ContainerProcess;
import io.sockerless.backend.core.health.Health;
import io.sockerless.backend.core.health.HealthCheck;
import io.sockerless.backend.core.health.HealthMonitor;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** Keeps the health of the containers that have a health check. */
final class ContainerHealth {

  private final ContainerServices services;
  private final ConcurrentMap<String, HealthMonitor> monitors = new ConcurrentHashMap<>();

  ContainerHealth(ContainerServices services) {
    this.services = services;
  }

  /** A container with a check has started. */
  void watch(LiveContainer container, ContainerRun run, HealthCheck check) {
    ContainerRun.Started running = run.running().orElseThrow();
    HealthMonitor monitor =
        HealthMonitor.start(
            check,
            new HealthProbe(services, container, running),
            health -> tell(container, running.process(), health),
            services.clock(),
            running.started());
    monitors.put(container.id(), monitor);
  }

  /** A container has ended. */
  void forget(LiveContainer container) {
    Optional.ofNullable(monitors.remove(container.id())).ifPresent(HealthMonitor::close);
  }

  private void tell(LiveContainer container, ContainerProcess process, Health health) {
    container.lock().lock();
    try {
      ContainerRecord record = container.current();
      boolean present = container.run().process().filter(process::equals).isPresent();
      if (!present || !record.state().status().hasProcess()) {
        return;
      }
      String before = record.state().healthStatus();
      services
          .registry()
          .changeInMemory(container, it -> it.with(it.state().with(health.document())));
      if (!before.equals(health.status().text())) {
        services.events().publish(record, "health_status: " + health.status().text(), Map.of());
      }
    } finally {
      container.lock().unlock();
    }
  }

  /** The moment at which a check began. */
  static Instant now(ContainerServices services) {
    return Instant.now(services.clock());
  }
}
