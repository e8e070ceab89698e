package io.sockerless.agent.protocol;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/** The sending end of one of a session's streams: it waits until its bytes may be sent. */
public final class OutboundStream extends OutputStream {

  private static final int PIECE = 64 * 1024;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Consumer<Bytes> send;
  private final Runnable end;
  private long granted = InboundStream.WINDOW;
  private boolean closed;
  private Optional<String> failure = Optional.empty();

  /**
   * A stream.
   *
   * @param send takes bytes that are its own, without blocking
   * @param end says that there are no more
   */
  public OutboundStream(Consumer<Bytes> send, Runnable end) {
    this.send = send;
    this.end = end;
  }

  /** So much more may be sent. */
  public void grant(int bytes) {
    lock.lock();
    try {
      granted += bytes;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Nobody takes the bytes any more. */
  public void fail(String reason) {
    lock.lock();
    try {
      failure = Optional.of(reason);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    lock.lock();
    try {
      for (int sent = 0; sent < length; ) {
        while (granted == 0 && failure.isEmpty() && !closed) {
          changed.awaitUninterruptibly();
        }
        if (closed || failure.isPresent()) {
          throw new IOException(failure.orElse("the stream is closed"));
        }
        int count = (int) Math.min(Math.min(PIECE, length - sent), granted);
        granted -= count;
        send.accept(Bytes.of(Arrays.copyOfRange(bytes, offset + sent, offset + sent + count)));
        sent += count;
      }
    } finally {
      lock.unlock();
    }
  }

  /** Says once that no more will come. */
  @Override
  public void close() {
    lock.lock();
    try {
      if (!closed) {
        closed = true;
        changed.signalAll();
        end.run();
      }
    } finally {
      lock.unlock();
    }
  }
}
