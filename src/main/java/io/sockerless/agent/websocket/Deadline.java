package io.sockerless.agent.websocket;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Closes a socket when what is done with it takes too long as a whole: the socket's own timeout
 * knows single reads alone, which a peer can stretch by a byte at a time, and no writes.
 *
 * <p>Waits on a platform thread, since the first virtual one of a process takes tens of
 * milliseconds to load, and the agent has to connect before.
 */
final class Deadline implements Runnable, AutoCloseable {

  private final CountDownLatch met = new CountDownLatch(1);
  private final Duration limit;
  private final Socket socket;
  private volatile boolean passed;

  private Deadline(Duration limit, Socket socket) {
    this.limit = limit;
    this.socket = socket;
  }

  /** Closes the socket after a while, unless this is closed before. */
  static Deadline after(Duration limit, Socket socket) {
    Deadline deadline = new Deadline(limit, socket);
    Thread thread = new Thread(deadline, "websocket deadline");
    thread.setDaemon(true);
    thread.start();
    return deadline;
  }

  @Override
  public void run() {
    try {
      if (met.await(limit.toNanos(), TimeUnit.NANOSECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      // Nobody interrupts it; if so, it ends early rather than never.
      Thread.currentThread().interrupt();
    }
    passed = true;
    try {
      socket.close();
    } catch (IOException e) {
      // The descriptor is gone either way.
    }
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
