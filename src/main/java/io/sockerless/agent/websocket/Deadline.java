package io.sockerless.agent.websocket;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ends what takes too long as a whole, by an action that makes it fail: a socket's own timeout
 * knows single reads alone, which a peer can stretch by a byte at a time, and no writes.
 */
final class Deadline implements AutoCloseable {

  private final CountDownLatch met = new CountDownLatch(1);
  private volatile boolean passed;

  private Deadline() {}

  /** Runs the action after a while, unless this is closed before. */
  static Deadline after(Duration limit, Runnable action) {
    Deadline deadline = new Deadline();
    Thread.ofVirtual().name("websocket deadline").start(() -> deadline.await(limit, action));
    return deadline;
  }

  private void await(Duration limit, Runnable action) {
    try {
      if (met.await(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      // Nobody interrupts it; if so, it ends early rather than never.
      Thread.currentThread().interrupt();
    }
    passed = true;
    action.run();
  }

  /** Whether it came too late. */
  boolean hasPassed() {
    return passed;
  }

  @Override
  public void close() {
    met.countDown();
  }
}
