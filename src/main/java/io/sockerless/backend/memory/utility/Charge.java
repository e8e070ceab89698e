package io.sockerless.backend.memory.utility;

import io.sockerless.backend.memory.kernel.Task;

/** What one run of a utility keeps in memory and the container pays for, given back together. */
public final class Charge implements AutoCloseable {

  private static final long STEP = 65_536;

  private final Task task;
  private long charged;
  private long used;

  /** Nothing yet. */
  public Charge(Task task) {
    this.task = task;
  }

  /**
   * Takes note of more bytes; the container's account hears of them in steps, so it may be called
   * for each line.
   *
   * @throws io.sockerless.backend.memory.kernel.TaskEnd if they are more than there may be
   */
  public void add(long bytes) {
    used += bytes;
    if (used > charged) {
      long more = Math.max(STEP, used - charged);
      task.kernel().memory().charge(more);
      charged += more;
    }
  }

  @Override
  public void close() {
    task.kernel().memory().charge(-charged);
    charged = 0;
    used = 0;
  }
}
