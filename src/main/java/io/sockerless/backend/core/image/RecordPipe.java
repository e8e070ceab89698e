package io.sockerless.backend.core.image;

import io.sockerless.engine.EngineException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Records from one thread to the reader of an answer: a slow reader slows the writer down, one that
 * left ends it.
 */
final class RecordPipe extends InputStream {

  private static final int CAPACITY = 64;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Deque<byte[]> records = new ArrayDeque<>();
  private Optional<EngineException> failure = Optional.empty();
  private Optional<IOException> broken = Optional.empty();
  private boolean started;
  private boolean ended;
  private boolean closed;
  private int position;

  /**
   * Adds a record.
   *
   * @throws IOException if the reader has left
   */
  void put(byte[] record) throws IOException {
    lock.lock();
    try {
      while (records.size() >= CAPACITY && !closed) {
        changed.await();
      }
      if (closed) {
        throw new IOException("context canceled");
      }
      records.add(record);
      started = true;
      changed.signalAll();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException();
    } finally {
      lock.unlock();
    }
  }

  /** No record comes any more. */
  void end() {
    lock.lock();
    try {
      started = true;
      ended = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Ends with an error: thrown if nothing has been said yet, else the record. */
  void fail(EngineException error, byte[] record) {
    lock.lock();
    try {
      if (started) {
        records.add(record);
      } else {
        failure = Optional.of(error);
      }
      end();
    } finally {
      lock.unlock();
    }
  }

  /** Ends with an error that the reader meets once it has read what is there. */
  void breakOff(IOException error) {
    lock.lock();
    try {
      broken = Optional.of(error);
      end();
    } finally {
      lock.unlock();
    }
  }

  /** Waits until there is a record, or the end. */
  void awaitStart() {
    lock.lock();
    try {
      while (!started) {
        changed.await();
      }
      if (failure.isPresent()) {
        throw failure.get();
      }
    } catch (InterruptedException e) {
      closed = true;
      Thread.currentThread().interrupt();
      throw new EngineException.Unavailable("interrupted");
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
  public int read(byte[] target, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    lock.lock();
    try {
      while (records.isEmpty() && !ended && !closed) {
        changed.await();
      }
      byte[] record = records.peek();
      if (record == null || closed) {
        if (broken.isPresent() && !closed) {
          throw broken.get();
        }
        return -1;
      }
      int count = Math.min(length, record.length - position);
      System.arraycopy(record, position, target, offset, count);
      position += count;
      if (position == record.length) {
        records.remove();
        position = 0;
        changed.signalAll();
      }
      return count;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public int available() {
    lock.lock();
    try {
      byte[] record = records.peek();
      return record == null ? 0 : record.length - position;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
