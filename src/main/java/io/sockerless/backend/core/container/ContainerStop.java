package io.sockerless.backend.core.container;

import static io.sockerless.backend.core.document.DocumentChanges.has;
import static io.sockerless.backend.core.document.Documents.number;
import static io.sockerless.backend.core.document.Documents.string;

import io.sockerless.backend.core.driver.ContainerProcess;
import io.sockerless.backend.core.value.Signals;
import io.sockerless.engine.EngineException;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Ends what containers run, or freezes it. */
final class ContainerStop {

  private static final long SECONDS = 10;
  private static final long LOCK_MILLIS = 100;

  private final ContainerServices services;
  private final ContainerEnd end;

  ContainerStop(ContainerServices services, ContainerEnd end) {
    this.services = services;
    this.end = end;
  }

  /**
   * Sends the stop signal, and KILL if that is not enough in time.
   *
   * @param signal instead of the container's own, empty for that
   * @param seconds instead of the container's own, below 0 for ever
   * @return false if it does not run
   */
  boolean stop(LiveContainer container, String signal, OptionalLong seconds) {
    int first = signal.isEmpty() ? stopSignal(container.current()) : Signals.parse(signal);
    CompletableFuture<Void> over;
    takeLock(container);
    try {
      ContainerRecord record = container.current();
      if (!record.state().status().isActive()) {
        return false;
      }
      ContainerRun run = container.run();
      if (record.state().status() == Status.RESTARTING) {
        end.giveUpRestart(container);
        services.events().publish(container.current(), "stop");
        return true;
      }
      run.stop();
      over = run.over();
      send(container, first);
    } finally {
      container.lock().unlock();
    }
    long patience = seconds.orElseGet(() -> stopTimeout(container.current()));
    if (!await(over, patience)) {
      killAndWait(container, over);
    }
    return true;
  }

  /**
   * Ends what runs because the server does: as {@link #stop}, though nobody asked for it, so that
   * restart policies start it again with the next server.
   *
   * @param atMost how many seconds it may have before it is killed, whatever its own time is
   */
  void shutDown(LiveContainer container, long atMost) {
    CompletableFuture<Void> over;
    takeLock(container);
    try {
      ContainerRecord record = container.current();
      if (record.state().status() == Status.RESTARTING) {
        end.giveUpRestart(container, false);
      }
      if (!record.state().status().hasProcess()) {
        return;
      }
      over = container.run().over();
      send(container, stopSignal(record));
    } finally {
      container.lock().unlock();
    }
    long own = stopTimeout(container.current());
    if (!await(over, own < 0 ? atMost : Math.min(own, atMost))) {
      killAndWait(container, over);
    }
  }

  /** Takes a container's lock from a start as well, which may wait with it for minutes. */
  void takeLock(LiveContainer container) {
    try {
      while (!container.lock().tryLock(LOCK_MILLIS, TimeUnit.MILLISECONDS)) {
        end.starter().abandon(container);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EngineException.Failure(500, "interrupted");
    }
  }

  /**
   * Has a start that waits for something end without its process: until then the container does not
   * run, and whoever may remove it as it is need not wait, too.
   */
  void giveUpStart(LiveContainer container) {
    takeLock(container);
    container.lock().unlock();
  }

  private static int stopSignal(ContainerRecord record) {
    String own = string(record.config(), "StopSignal");
    return own.isEmpty() ? Signals.TERM : Signals.parse(own);
  }

  private static long stopTimeout(ContainerRecord record) {
    return has(record.config(), "StopTimeout") ? number(record.config(), "StopTimeout") : SECONDS;
  }

  private void killAndWait(LiveContainer container, CompletableFuture<Void> over) {
    container.lock().lock();
    try {
      if (!over.isDone() && container.current().state().status().hasProcess()) {
        send(container, Signals.KILL);
      }
    } finally {
      container.lock().unlock();
    }
    await(over, -1);
  }

  /** Waits; false if the time is up. */
  private static boolean await(CompletableFuture<Void> over, long seconds) {
    try {
      if (seconds < 0) {
        over.get();
      } else {
        over.get(seconds, TimeUnit.SECONDS);
      }
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EngineException.Failure(500, "interrupted");
    }
  }

  /** Sends a signal, KILL by default, whose effect is waited for. */
  void kill(LiveContainer container, String signal) {
    int number = signal.isEmpty() ? Signals.KILL : Signals.parse(signal);
    CompletableFuture<Void> over;
    takeLock(container);
    try {
      ContainerRecord record = container.current();
      if (!record.state().status().isActive()) {
        throw ContainerRegistry.conflict("container %s is not running", record.id());
      }
      over = container.run().over();
      if (record.state().status() == Status.RESTARTING) {
        end.giveUpRestart(container);
        return;
      }
      if (number == Signals.KILL || number == stopSignal(record)) {
        container.run().kill();
      }
      send(container, number);
    } finally {
      container.lock().unlock();
    }
    if (number == Signals.KILL) {
      await(over, -1);
    }
  }

  /** Kills whatever runs, for a removal; the caller does not hold the lock. */
  void killForRemoval(LiveContainer container) {
    CompletableFuture<Void> over;
    takeLock(container);
    try {
      Status status = container.current().state().status();
      if (status == Status.RESTARTING) {
        end.giveUpRestart(container);
      }
      if (!status.hasProcess()) {
        return;
      }
      over = container.run().over();
      container.run().stay(); // Else it might be gone by itself before who asked removes it.
      container.run().kill();
      send(container, Signals.KILL);
    } finally {
      container.lock().unlock();
    }
    await(over, -1);
  }

  /** Signals the first process; a frozen one goes on, or it would never see the signal. */
  private void send(LiveContainer container, int signal) {
    ContainerRecord record = container.current();
    ContainerProcess process = process(container);
    services.events().publish(record, "kill", Map.of("signal", Integer.toString(signal)));
    process.signal(signal);
    boolean ends = signal == Signals.KILL || signal == stopSignal(record);
    if (record.state().status() == Status.PAUSED && ends) {
      process.resume();
      services.registry().change(container, it -> it.with(it.state().in(Status.RUNNING)));
    }
  }

  private static ContainerProcess process(LiveContainer container) {
    Optional<ContainerProcess> process = container.run().process();
    return process.orElseThrow(
        () -> ContainerRegistry.conflict("Container %s is not running", container.id()));
  }

  void pause(LiveContainer container) {
    container.lock().lock();
    try {
      ContainerRecord record = container.current();
      switch (record.state().status()) {
        case RUNNING -> {
          process(container).pause();
          services.registry().change(container, it -> it.with(it.state().in(Status.PAUSED)));
          services.events().publish(record, "pause");
        }
        case PAUSED ->
            throw ContainerRegistry.conflict("Container %s is already paused", record.id());
        case RESTARTING ->
            throw ContainerRegistry.conflict(
                "Container %s is restarting, wait until the container is running", record.id());
        case CREATED, REMOVING, EXITED, DEAD ->
            throw ContainerRegistry.conflict("Container %s is not running", record.id());
      }
    } finally {
      container.lock().unlock();
    }
  }

  void unpause(LiveContainer container) {
    container.lock().lock();
    try {
      ContainerRecord record = container.current();
      if (record.state().status() != Status.PAUSED) {
        throw ContainerRegistry.conflict("Container %s is not paused", record.id());
      }
      process(container).resume();
      services.registry().change(container, it -> it.with(it.state().in(Status.RUNNING)));
      services.events().publish(record, "unpause");
    } finally {
      container.lock().unlock();
    }
  }
}
