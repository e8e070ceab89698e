package io.sockerless.agent.program;

import io.sockerless.agent.program.posix.Children;
import io.sockerless.agent.program.posix.Native;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Takes the status of orphans that end, so that no zombies stay behind: in a container nobody else
 * does. It must be the only one to have children besides {@link LocalProcess}, as the status of
 * what {@link ProcessBuilder} starts would be taken from under it.
 */
public final class Reaper implements AutoCloseable {

  private static final int SET_CHILD_SUBREAPER = 36;
  private static final int PROCESS_ONE = 1;

  private final Semaphore ended = new Semaphore(0);
  private final Optional<Runnable> givingBack;
  private final Thread thread;

  /** Becomes the parent of all orphans below the agent, if it is not as process 1 already. */
  public Reaper() {
    if (ProcessHandle.current().pid() != PROCESS_ONE) {
      Native.PRCTL.callInt(SET_CHILD_SUBREAPER, 1);
    }
    givingBack = SystemSignals.handle("CHLD", ended::release);
    thread = Thread.ofPlatform().daemon().name("agent-reaper").start(this::run);
  }

  private void run() {
    try {
      while (true) {
        while (Children.reapOrphan()) {
          ended.drainPermits();
        }
        awaitNext();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Signals that come together are told once, so one may be missed; a second is soon enough. */
  private void awaitNext() throws InterruptedException {
    if (ended.tryAcquire(1, TimeUnit.SECONDS)) {
      ended.drainPermits();
    }
  }

  /** Leaves further orphans to whoever is next. */
  @Override
  public void close() {
    if (ProcessHandle.current().pid() != PROCESS_ONE) {
      Native.PRCTL.callInt(SET_CHILD_SUBREAPER, 0);
    }
    givingBack.ifPresent(Runnable::run);
    thread.interrupt();
  }
}
