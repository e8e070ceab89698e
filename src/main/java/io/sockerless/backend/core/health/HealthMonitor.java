package io.sockerless.backend.core.health;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;

/**
 * Checks one container's health for as long as it runs, on a virtual thread that sleeps between the
 * checks.
 */
public final class HealthMonitor implements AutoCloseable {

  private static final Logger LOG = System.getLogger(HealthMonitor.class.getName());

  private final HealthCheck check;
  private final Probe probe;
  private final Consumer<Health> listener;
  private final Clock clock;
  private final Instant started;
  private final Thread thread;
  private volatile boolean closed;

  /** Runs a check in the container. */
  @FunctionalInterface
  public interface Probe {
    /** Blocks until it has ended, or for the check's timeout. */
    Health.Result run(HealthCheck check) throws InterruptedException;
  }

  private HealthMonitor(
      HealthCheck check, Probe probe, Consumer<Health> listener, Clock clock, Instant started) {
    this.check = check;
    this.probe = probe;
    this.listener = listener;
    this.clock = clock;
    this.started = started;
    this.thread = Thread.ofVirtual().name("health").unstarted(this::run);
  }

  /**
   * Begins to check.
   *
   * @param listener told the health after each check
   * @param started when the container was started
   */
  public static HealthMonitor start(
      HealthCheck check, Probe probe, Consumer<Health> listener, Clock clock, Instant started) {
    HealthMonitor monitor = new HealthMonitor(check, probe, listener, clock, started);
    monitor.thread.start();
    return monitor;
  }

  private void run() {
    Health health = Health.starting();
    try {
      while (!closed) {
        Thread.sleep(pause(health));
        Health.Result result = probe.run(check);
        if (!closed) {
          health = health.after(result, check, started);
          listener.accept(health);
        }
      }
    } catch (InterruptedException e) {
      // The container has ended, and with it this thread.
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "health checks end", e);
    }
  }

  private Duration pause(Health health) {
    boolean starts =
        health.status() == Health.Status.STARTING
            && Instant.now(clock).isBefore(started.plus(check.startPeriod()));
    return starts ? check.startInterval() : check.interval();
  }

  /** The container has ended: no further check. */
  @Override
  public void close() {
    closed = true;
    thread.interrupt();
  }
}
