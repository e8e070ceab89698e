package io.sockerless.backend.memory.kernel;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Optional;
import java.util.concurrent.locks.Condition;

/** Blocks a task or a thread of the server until something happens, or a signal comes. */
@SuppressWarnings("WaitNotInLoop") // the loop is the caller's, who knows what it waits for
public final class Waiting {

  private Waiting() {}

  /** Waits for a condition; may return without it, so call it in a loop. */
  public static void on(Condition condition) throws IOException {
    try {
      condition.await();
    } catch (InterruptedException e) {
      interrupted();
    }
  }

  /** The same for a time; tells what is left of it, 0 or less if nothing is. */
  public static long on(Condition condition, long nanos) throws IOException {
    long until = System.nanoTime() + nanos;
    try {
      return condition.awaitNanos(nanos);
    } catch (InterruptedException e) {
      interrupted();
      return until - System.nanoTime();
    }
  }

  private static void interrupted() throws IOException {
    Optional<Task> task = Task.current();
    if (task.isEmpty()) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    }
    task.get().woken();
  }
}
