package io.sockerless.agent.protocol;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntConsumer;
import java.util.function.LongSupplier;

/**
 * The receiving end of one of a session's streams. It holds what has been granted at most, and
 * grants more as it is read, so that a slow reader holds up its own session alone.
 */
public final class InboundStream extends InputStream {

  /** What may be under way before anything is read, in bytes. */
  public static final int WINDOW = 512 * 1024;

  /** What may be under way to a reader that is fast. */
  static final int MAX_WINDOW = 4 * 1024 * 1024;

  /**
   * A reader is fast that takes a quarter of what may be under way in less time, in nanoseconds.
   */
  static final long FAST = 50_000_000;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Deque<Bytes> pieces = new ArrayDeque<>();
  private final IntConsumer grant;
  private final WindowAllowance allowance;
  private final LongSupplier clock;
  private int window = WINDOW;
  private int offset;
  private int held;
  private int consumed;
  private long lastGrant;
  private boolean ended;
  private boolean closed;
  private Optional<String> failure = Optional.empty();
  private Optional<Receiver> receiver = Optional.empty();

  /** Whoever takes what comes as it comes, in place of reading it. */
  public interface Receiver {
    /**
     * Takes bytes that nobody changes any more; must not block, for all sessions wait meanwhile.
     *
     * @param taken to be run once they lie no longer in memory, so that more may come
     */
    void take(Bytes data, Runnable taken);

    /** No more will come. */
    void ended();
  }

  /**
   * A stream.
   *
   * @param allowance of all streams of a link
   * @param grant lets the other side send so many more bytes, without blocking
   */
  public InboundStream(WindowAllowance allowance, IntConsumer grant) {
    this(allowance, grant, System::nanoTime);
  }

  InboundStream(WindowAllowance allowance, IntConsumer grant, LongSupplier clock) {
    this.allowance = allowance;
    this.grant = grant;
    this.clock = clock;
    this.lastGrant = clock.getAsLong();
  }

  /** Takes bytes that have come. */
  public void offer(Bytes data) throws ProtocolFault {
    int due = 0;
    lock.lock();
    try {
      if (closed) {
        due = consume(data.length());
      } else {
        keep(data);
      }
    } finally {
      lock.unlock();
    }
    grant(due);
  }

  private void keep(Bytes data) throws ProtocolFault {
    if (held + consumed + data.length() > window) {
      throw new ProtocolFault("more bytes than were granted");
    }
    if (data.length() > 0 && !ended) {
      held += data.length();
      if (receiver.isPresent()) {
        push(receiver.get(), data);
      } else {
        pieces.addLast(data);
        changed.signalAll();
      }
    }
  }

  private void push(Receiver to, Bytes data) {
    to.take(data, () -> taken(data.length()));
  }

  private void taken(int count) {
    int due = 0;
    lock.lock();
    try {
      if (!closed) {
        held -= count;
        due = consume(count);
        shrinkAtEnd();
      }
    } finally {
      lock.unlock();
    }
    grant(due);
  }

  private void shrinkAtEnd() {
    if (ended && held == 0) {
      shrink();
    }
  }

  /**
   * Hands on what has come, and what comes from now on, in place of holding it for a reader: that
   * spares a thread for whoever can take all that has been granted.
   */
  public void pushTo(Receiver to) {
    lock.lock();
    try {
      receiver = Optional.of(to);
      while (!pieces.isEmpty()) {
        push(to, pieces.removeFirst());
      }
      if (ended) {
        to.ended();
      }
    } finally {
      lock.unlock();
    }
  }

  /** No more will come. */
  public void end() {
    lock.lock();
    try {
      if (!ended) {
        ended = true;
        shrinkAtEnd();
        changed.signalAll();
        receiver.ifPresent(Receiver::ended);
      }
    } finally {
      lock.unlock();
    }
  }

  /** No more will come, though more should. */
  public void fail(String reason) {
    lock.lock();
    try {
      if (!ended) {
        failure = Optional.of(reason);
        end();
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int start, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    int count;
    int due;
    lock.lock();
    try {
      while (pieces.isEmpty() && !ended && !closed) {
        changed.awaitUninterruptibly();
      }
      if (pieces.isEmpty()) {
        shrink();
        if (failure.isPresent()) {
          throw new IOException(failure.get());
        }
        return -1;
      }
      Bytes piece = pieces.getFirst();
      count = Math.min(length, piece.length() - offset);
      System.arraycopy(piece.array(), piece.offset() + offset, bytes, start, count);
      offset += count;
      if (offset == piece.length()) {
        pieces.removeFirst();
        offset = 0;
      }
      held -= count;
      due = consume(count);
    } finally {
      lock.unlock();
    }
    grant(due);
    return count;
  }

  /** What is to be granted now: in large steps, for each costs a message. */
  private int consume(int count) {
    consumed += count;
    if (consumed < window / 4 || ended) {
      return 0;
    }
    int due = consumed + growth();
    consumed = 0;
    return due;
  }

  /**
   * The more may be under way to a fast reader, the less often both ends wait for each other, and
   * the fewer grants it takes. One that sleeps, or follows what is seldom said, needs no more; nor
   * does one that has much before it still, for whom more would only lie longer in memory.
   */
  private int growth() {
    long now = clock.getAsLong();
    boolean waits = now - lastGrant < FAST && held < window / 4;
    lastGrant = now;
    int more = waits && !closed && window < MAX_WINDOW ? allowance.take(window) : 0;
    window += more;
    return more;
  }

  /** Nothing is held that a larger window is needed for. */
  private void shrink() {
    allowance.giveBack(window - WINDOW);
    window = WINDOW;
  }

  private void grant(int due) {
    if (due > 0) {
      grant.accept(due);
    }
  }

  @Override
  public int available() {
    lock.lock();
    try {
      return held;
    } finally {
      lock.unlock();
    }
  }

  /** What has come and still comes is thrown away. */
  @Override
  public void close() {
    int due = 0;
    lock.lock();
    try {
      if (!closed) {
        closed = true;
        pieces.clear();
        due = consume(held);
        held = 0;
        shrink();
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
    grant(due);
  }
}
