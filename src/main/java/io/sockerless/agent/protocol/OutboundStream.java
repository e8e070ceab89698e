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

  /** Held by whoever writes, for as long as that takes; {@link #lock} never for long. */
  private final ReentrantLock writing = new ReentrantLock();

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
   * @param send takes bytes that are its own
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
    writing.lock();
    try {
      int end = offset + length;
      for (int start = offset; start < end; start += PIECE) {
        give(Bytes.of(Arrays.copyOfRange(bytes, start, Math.min(end, start + PIECE))));
      }
    } finally {
      writing.unlock();
    }
  }

  /** Writes bytes that nobody changes any more, at most 64 KB: they need not be copied. */
  public void give(Bytes bytes) throws IOException {
    writing.lock();
    try {
      int sent = 0;
      while (sent < bytes.length()) {
        int count = claim(bytes.length() - sent);
        send.accept(new Bytes(bytes.array(), bytes.offset() + sent, count));
        sent += count;
      }
    } finally {
      writing.unlock();
    }
  }

  /** Waits until some of so many bytes may be sent; answers how many. */
  private int claim(int wanted) throws IOException {
    lock.lock();
    try {
      while (granted == 0 && failure.isEmpty() && !closed) {
        changed.awaitUninterruptibly();
      }
      if (closed || failure.isPresent()) {
        throw new IOException(failure.orElse("the stream is closed"));
      }
      int count = (int) Math.min(wanted, granted);
      granted -= count;
      return count;
    } finally {
      lock.unlock();
    }
  }

  /** Says once that no more will come. */
  @Override
  public void close() {
    lock.lock();
    try {
      if (closed) {
        return;
      }
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    writing.lock();
    try {
      end.run();
    } finally {
      writing.unlock();
    }
  }
}
