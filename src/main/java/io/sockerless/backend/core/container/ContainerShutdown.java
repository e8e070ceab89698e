package io.sockerless.backend.core.container;

import io.sockerless.engine.EngineException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Stops all containers with the server, as dockerd does: each gets its stop signal and its time,
 * but none more than the server has, and then is killed. Their exit codes are what the next server
 * shows, and what restart policies go by.
 */
final class ContainerShutdown {

  private static final Logger LOG = System.getLogger(ContainerShutdown.class.getName());

  /** As dockerd's {@code shutdown-timeout}; what stops servers often waits for little longer. */
  private static final Duration AT_MOST = Duration.ofSeconds(15);

  /** For a killed container's last output and its removal. */
  private static final Duration SETTLING = Duration.ofSeconds(3);

  private final ContainerRegistry registry;
  private final ContainerStop stop;

  ContainerShutdown(ContainerRegistry registry, ContainerStop stop) {
    this.registry = registry;
    this.stop = stop;
  }

  /** Returns when all have ended, or when the time is up. */
  void run() {
    List<Thread> stopping = new ArrayList<>();
    for (LiveContainer container : registry.all()) {
      if (isActive(container)) {
        stopping.add(
            Thread.ofVirtual()
                .name("stop " + container.current().shortId())
                .start(() -> stop(container)));
      }
    }
    if (stopping.isEmpty()) {
      return;
    }
    LOG.log(Level.INFO, "{0} containers are stopped with the server", stopping.size());
    long end = System.nanoTime() + AT_MOST.plus(SETTLING).toNanos();
    try {
      for (Thread thread : stopping) {
        thread.join(Duration.ofNanos(Math.max(end - System.nanoTime(), 1)));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whether it runs, or is being started at this moment. */
  private static boolean isActive(LiveContainer container) {
    return container.current().state().status().isActive() || container.lock().isLocked();
  }

  private void stop(LiveContainer container) {
    try {
      boolean goes;
      stop.takeLock(container);
      try {
        goes = container.current().state().status().isActive() && container.current().autoRemove();
      } finally {
        container.lock().unlock();
      }
      stop.shutDown(container, AT_MOST.toSeconds());
      if (goes) {
        container.removed().join();
      }
    } catch (EngineException e) {
      LOG.log(Level.WARNING, "container {0} did not stop: {1}", container.id(), e.text());
    }
  }
}
