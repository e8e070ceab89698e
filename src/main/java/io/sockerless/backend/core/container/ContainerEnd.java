package io.sockerless.backend.core.container;

import io.sockerless.backend.core.driver.ExitStatus;
import io.sockerless.backend.core.value.Signals;
import io.sockerless.engine.EngineException;
import jakarta.json.JsonObject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;

/**
 * What follows when a container's process has ended: its state, its events, those who wait, and
 * then its restart or its removal.
 */
final class ContainerEnd {

  private static final Logger LOG = System.getLogger(ContainerEnd.class.getName());

  private final ContainerServices services;
  private final ContainerHealth health;
  private final ContainerStart start;
  private final ContainerRemoval removal;
  private final ExecDirectory execs;
  private final ConcurrentMap<String, Duration> pauses = new ConcurrentHashMap<>();
  private final ContainerThreads threads = new ContainerThreads();
  private volatile boolean closed;

  ContainerEnd(
      ContainerServices services,
      Specs specs,
      ContainerHealth health,
      ContainerRemoval removal,
      ExecDirectory execs) {
    this.services = services;
    this.health = health;
    this.removal = removal;
    this.execs = execs;
    this.start = new ContainerStart(services, specs, health, threads, this::ended);
  }

  /** Who starts containers whose end is told here. */
  ContainerStart starter() {
    return start;
  }

  /** What ends from now on is not started again before the next server is there. */
  void close() {
    closed = true;
    start.close();
    threads.endPauses();
  }

  /** Waits until all that has ended is settled: its logs, its state, its removal. */
  void awaitSettled() {
    threads.close();
  }

  private void ended(LiveContainer container, ContainerRun run, ExitStatus status) {
    boolean again;
    container.lock().lock();
    try {
      health.forget(container);
      services.networks().unpublish(container.id());
      again = settle(container, run, status);
      execs.containerEnded(container.id());
      container.freshRun();
    } finally {
      container.lock().unlock();
    }
    run.streams().end();
    container.tellExit(new LiveContainer.Exit(status.code(), ""));
    run.over().complete(null);
    LOG.log(Level.INFO, "container {0} has ended with {1}", container.id(), status.code());
    if (again) {
      scheduleRestart(container, run);
    } else if (container.current().autoRemove() && !run.stays()) {
      removal.removeByItself(container);
    }
  }

  /** Sets the new state and tells it; true if the container is to be started again. */
  private boolean settle(LiveContainer container, ContainerRun run, ExitStatus status) {
    ContainerRecord before = container.current();
    Instant now = Instant.now(services.clock());
    Duration ran = Duration.between(before.state().started(), now);
    boolean again =
        !closed
            && !run.isKilled()
            && RestartPolicy.of(before.hostConfig())
                .restarts(status.code(), before.restarts(), before.stoppedByHand());
    JsonObject released = services.networks().released(before.networks());
    ContainerRecord after =
        services
            .registry()
            .change(
                container,
                record ->
                    record
                        .withNetworks(released, ContainerRecord.noPorts())
                        .withRestarts(record.restarts(), record.stoppedByHand() || run.isKilled())
                        .with(
                            record
                                .state()
                                .ended(
                                    again ? Status.RESTARTING : Status.EXITED,
                                    status.code(),
                                    status.outOfMemory(),
                                    now)));
    publishDeath(after, status, ran);
    services.networks().leave(container.id(), before.networks());
    services.volumes().unmounted(container.id(), before.mounts());
    if (run.isStopping()) {
      services.events().publish(after, "stop");
    }
    return again;
  }

  private void publishDeath(ContainerRecord ended, ExitStatus status, Duration ran) {
    if (status.outOfMemory()) {
      services.events().publish(ended, "oom");
    }
    services
        .events()
        .publish(
            ended,
            "die",
            Map.of(
                "exitCode",
                Integer.toString(status.code()),
                "execDuration",
                Long.toString(ran.toSeconds())));
  }

  private void scheduleRestart(LiveContainer container, ContainerRun ended) {
    Duration ran =
        ended
            .running()
            .map(process -> Duration.between(process.started(), Instant.now(services.clock())))
            .orElse(Duration.ZERO);
    Duration pause = RestartPolicy.pause(pauses.getOrDefault(container.id(), Duration.ZERO), ran);
    pauses.put(container.id(), pause);
    ContainerRun next = container.run();
    threads.start(
        "restart " + container.current().shortId(), () -> restartAfter(container, next, pause));
  }

  private void restartAfter(LiveContainer container, ContainerRun next, Duration pause) {
    if (!threads.pause(pause)) {
      return;
    }
    container.lock().lock();
    try {
      boolean due =
          !closed
              && container.run() == next
              && container.current().state().status() == Status.RESTARTING;
      if (due) {
        services
            .registry()
            .changeInMemory(container, record -> record.withRestarts(record.restarts() + 1, false));
        start.begin(container);
      }
    } catch (EngineException e) {
      LOG.log(Level.WARNING, "container {0} did not restart: {1}", container.id(), e.text());
      container.tellExit(new LiveContainer.Exit(container.current().state().exitCode(), e.text()));
    } finally {
      container.lock().unlock();
    }
  }

  /** A container that waits for its restart has been stopped. The caller holds its lock. */
  void giveUpRestart(LiveContainer container) {
    giveUpRestart(container, true);
  }

  /**
   * A container that waits for its restart gets none. The caller holds its lock.
   *
   * @param byHand whether somebody asked for it, so that the next server does not start it either
   */
  void giveUpRestart(LiveContainer container, boolean byHand) {
    ContainerRun run = container.run();
    services
        .registry()
        .change(
            container,
            record ->
                record
                    .withRestarts(record.restarts(), byHand)
                    .with(record.state().in(Status.EXITED)));
    container.freshRun();
    run.streams().end();
    run.over().complete(null);
    pauses.remove(container.id());
  }

  /**
   * Settles what a server that was killed left: what ran has ended with it, and is started again if
   * its restart policy says so.
   *
   * @param later does that
   */
  void recover(Executor later) {
    ContainerRegistry registry = services.registry();
    registry.change(
        registry.all().stream().filter(it -> it.current().state().status().isActive()).toList(),
        this::killed);
    for (LiveContainer container : registry.all()) {
      if (container.current().state().status() == Status.EXITED) {
        removeOverdue(container);
      }
      if (isDueAtStart(container.current())) {
        later.execute(() -> threads.start("recover", () -> restart(container)));
      }
    }
  }

  /** What a container is whose process has ended with its server. */
  private ContainerRecord killed(ContainerRecord record) {
    Instant now = Instant.now(services.clock());
    return record
        .withNetworks(services.networks().released(record.networks()), ContainerRecord.noPorts())
        .with(record.state().ended(Status.EXITED, 128 + Signals.KILL, false, now));
  }

  /** A container that was to go with its end, which the server did not live to see. */
  private void removeOverdue(LiveContainer container) {
    if (container.current().autoRemove()) {
      removal.removeByItself(container);
    }
  }

  private static boolean isDueAtStart(ContainerRecord record) {
    ContainerState state = record.state();
    return state.status() == Status.EXITED
        && !state.started().equals(ContainerState.NEVER)
        && RestartPolicy.of(record.hostConfig())
            .restarts(state.exitCode(), 0, record.stoppedByHand());
  }

  private void restart(LiveContainer container) {
    try {
      start.start(container);
    } catch (EngineException e) {
      LOG.log(Level.WARNING, "container {0} did not restart: {1}", container.id(), e.text());
    }
  }
}
