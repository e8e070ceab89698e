package io.sockerless.agent.websocket;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Fails a read that the peer keeps waiting for too long, by closing the socket. The socket's own
 * timeout would do the same, but has each read that waits pay for a timer, which costs more than
 * the read.
 */
final class IdleTimeoutInput extends InputStream {

  /** One thread for all, which is there as long as any connection is. */
  private static final ScheduledThreadPoolExecutor TIMER = timer();

  private static final long NEVER = 0;

  private final InputStream input;
  private final Socket socket;
  private volatile Future<?> look = new FutureTask<>(() -> {}, null);

  /** The time at which the read began that is under way; never if none is. */
  private volatile long reading = NEVER;

  private volatile boolean expired;

  /**
   * Reads from {@code input}.
   *
   * @param socket what that comes from, below TLS
   */
  IdleTimeoutInput(InputStream input, Socket socket) {
    this.input = input;
    this.socket = socket;
  }

  private static ScheduledThreadPoolExecutor timer() {
    ScheduledThreadPoolExecutor timer =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("websocket idle timeout").factory());
    timer.setKeepAliveTime(1, TimeUnit.SECONDS);
    timer.allowCoreThreadTimeOut(true);
    timer.setRemoveOnCancelPolicy(true);
    return timer;
  }

  /** Sets how long a read may wait from here on. */
  void limit(Duration idle) {
    lookAfter(idle.toNanos(), idle.toNanos());
  }

  private void lookAfter(long delay, long limit) {
    look = TIMER.schedule(() -> look(limit), delay, TimeUnit.NANOSECONDS);
  }

  private void look(long limit) {
    if (socket.isClosed()) {
      return;
    }
    long began = reading;
    long waited = began == NEVER ? 0 : System.nanoTime() - began;
    if (waited < limit) {
      lookAfter(limit - waited, limit);
      return;
    }
    expired = true;
    try {
      socket.close();
    } catch (IOException e) {
      // The descriptor is gone either way.
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    reading = System.nanoTime() | 1;
    try {
      return input.read(bytes, offset, length);
    } catch (IOException e) {
      if (expired) {
        throw new SocketTimeoutException("the peer is silent");
      }
      throw e;
    } finally {
      reading = NEVER;
    }
  }

  /** Nobody reads any more. */
  @Override
  public void close() {
    look.cancel(false);
  }
}
