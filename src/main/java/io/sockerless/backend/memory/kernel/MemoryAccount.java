package io.sockerless.backend.memory.kernel;

import java.util.concurrent.atomic.AtomicLong;

/**
 * What a container's tasks hold in memory, as far as it can grow without bound: whoever keeps what
 * a container decides the size of charges it here. A task that charges more than the container may
 * use is killed.
 */
public final class MemoryAccount {

  private final Limits limits;
  private final AtomicLong used = new AtomicLong();
  private final AtomicLong peak = new AtomicLong();
  private volatile boolean exceeded;

  MemoryAccount(Limits limits) {
    this.limits = limits;
  }

  /**
   * Takes note of more bytes, or of less if negative.
   *
   * @throws TaskEnd if they are more than the container may use: the task that asks is killed
   */
  public void charge(long bytes) {
    Task.current().ifPresent(task -> task.hold(bytes));
    chargeFiles(bytes);
  }

  /** The same for files that are kept in memory: the container's, but not the task's. */
  public void chargeFiles(long bytes) {
    long now = used.addAndGet(bytes);
    peak.accumulateAndGet(now, Math::max);
    if (bytes > 0 && now > limits.memory()) {
      used.addAndGet(-bytes);
      exceeded = true;
      Task.current().ifPresent(MemoryAccount::kill);
    }
  }

  private static void kill(Task task) {
    task.signalFromOutside(Signal.KILL);
    task.checkpoint();
  }

  /** The bytes that are held now. */
  public long used() {
    return used.get();
  }

  /** The most that was ever held. */
  public long peak() {
    return peak.get();
  }

  /** Whether a task was killed for it. */
  public boolean isExceeded() {
    return exceeded;
  }
}
