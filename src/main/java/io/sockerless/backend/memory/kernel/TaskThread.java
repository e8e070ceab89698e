package io.sockerless.backend.memory.kernel;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Optional;

/**
 * A task's thread. Compiled WebAssembly never calls {@link Task#checkpoint}, but asks its thread
 * for an interrupt at every turn of a loop: there this thread has it stand still when a container
 * is paused or out of processor time.
 */
public final class TaskThread extends Thread {

  /** Enough for a thousand calls of a shell's functions; no memory is used before it is needed. */
  private static final long STACK = 16 << 20;

  private final Task task;

  /** Whether compiled code runs, and nothing that holds locks; the thread's own. */
  private boolean computing;

  TaskThread(Task task, Runnable body) {
    super(null, body, task.kernel().name() + "/" + task.pid(), STACK);
    this.task = task;
    setDaemon(true);
  }

  /** Whose thread it is. */
  Task task() {
    return task;
  }

  /** The processor time that it has used; none once it has ended. */
  Optional<Duration> cpu() {
    return Optional.of(ManagementFactory.getThreadMXBean().getThreadCpuTime(threadId()))
        .filter(nanos -> nanos >= 0)
        .map(Duration::ofNanos);
  }

  /** Tells whether compiled code runs from now on; answers what was said before. */
  public static boolean computes(boolean now) {
    if (Thread.currentThread() instanceof TaskThread thread) {
      boolean before = thread.computing;
      thread.computing = now;
      return before;
    }
    return false;
  }

  /**
   * {@inheritDoc}
   *
   * @throws TaskEnd if the task has ended, while it computes
   */
  @Override
  public boolean isInterrupted() {
    if (computing && task.isWanted()) {
      standStill();
    }
    return super.isInterrupted();
  }

  private void standStill() {
    computing = false;
    try {
      task.checkpoint();
    } finally {
      computing = true;
    }
  }
}
