package io.sockerless.backend.memory.kernel;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Where a task's thread learns what has become of the task meanwhile: it stands still here while a
 * signal has stopped the task or its container is held, and ends here once the task has.
 */
final class Checkpoint {

  private final Kernel kernel;
  private final CompletableFuture<Integer> end;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition woken = lock.newCondition();
  private volatile boolean attention;
  private volatile boolean stopped;

  /**
   * A task that may run.
   *
   * @param end the task's exit code, once it has ended
   */
  Checkpoint(Kernel kernel, CompletableFuture<Integer> end) {
    this.kernel = kernel;
    this.end = end;
  }

  /** A signal stops it. */
  void stop() {
    stopped = true;
    attention = true;
  }

  /** A signal lets it go on. */
  void resume() {
    stopped = false;
    wake();
  }

  /** It has ended, which its thread is still to learn. */
  void leave() {
    attention = true;
    resume();
  }

  /** Lets it look again whether it may go on. */
  void wake() {
    lock.lock();
    try {
      woken.signalAll();
    } finally {
      lock.unlock();
    }
  }

  boolean isStopped() {
    return stopped;
  }

  /** Whether {@link #pass} would do anything. */
  boolean isWanted() {
    return attention || kernel.isHeld();
  }

  /**
   * Goes on at once, unless it may not.
   *
   * @throws TaskEnd if the task has ended
   */
  void pass() {
    if (isWanted()) {
      attend();
    }
  }

  private void attend() {
    lock.lock();
    try {
      while (!end.isDone() && (stopped || kernel.isHeld())) {
        woken.awaitUninterruptibly();
      }
      if (end.isDone()) {
        throw new TaskEnd(end.join());
      }
      attention = false;
    } finally {
      lock.unlock();
    }
  }

  /** Does nothing for a time, unless a signal comes. */
  void sleep(Duration time) throws IOException {
    long left = time.toNanos();
    lock.lock();
    try {
      while (left > 0) {
        left = Waiting.on(woken, left);
      }
    } finally {
      lock.unlock();
    }
    pass();
  }
}
