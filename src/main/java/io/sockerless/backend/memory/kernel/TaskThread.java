package io.sockerless.backend.memory.kernel;

/**
 * A task's thread. Compiled WebAssembly never calls {@link Task#checkpoint}, but asks its thread
 * for an interrupt at every turn of a loop: there this thread has it stand still when a container
 * is paused or out of processor time.
 */
public final class TaskThread extends Thread {

  private final Task task;

  /** Whether compiled code runs, and nothing that holds locks; the thread's own. */
  private boolean computing;

  TaskThread(Task task, String name, long stack, Runnable body) {
    super(null, body, name, stack);
    this.task = task;
    setDaemon(true);
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
