package io.sockerless.stream;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A bounded pipe between threads: whoever writes waits for a reader that is slow, so that neither
 * memory nor bytes are lost, and learns at once of a reader that has left.
 *
 * <p>Unlike {@link java.io.PipedInputStream} it knows nothing of the threads at its ends, and what
 * one call writes is never mixed with what another one does.
 */
public final class BytePipe {

  private static final int SMALL = 4 * 1024;

  private final ReentrantLock writing = new ReentrantLock();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final int capacity;
  private final Input input = new Input();
  private final Output output = new Output();

  /** What was given, behind all that was written. */
  private final Deque<Given> given = new ArrayDeque<>();

  private byte[] buffer;
  private int start;
  private int count;
  private boolean ended;
  private boolean abandoned;
  private String failure = "";

  /** Bytes of somebody else's, and what is to be run once they are read. */
  @SuppressWarnings("ArrayRecordComponent")
  private record Given(byte[] bytes, int offset, int length, Runnable taken) {
    Given upTo(int count) {
      return new Given(bytes, offset, count, () -> {});
    }

    Given from(int count) {
      return new Given(bytes, offset + count, length - count, taken);
    }
  }

  /**
   * A pipe that is empty.
   *
   * @param capacity how many bytes may wait in it; memory is taken as they come
   */
  public BytePipe(int capacity) {
    this.capacity = capacity;
    this.buffer = new byte[Math.min(SMALL, capacity)];
  }

  /** What has been written; to close it tells the writers that nobody reads any more. */
  public InputStream input() {
    return input;
  }

  /** Where to write; to close it is the end for the reader, behind all that was written. */
  public OutputStream output() {
    return output;
  }

  /**
   * Writes a head and what it stands before, as one; nobody need join them before.
   *
   * @throws IOException if nobody reads any more
   */
  public void write(byte[] head, byte[] bytes, int offset, int length) throws IOException {
    writing.lock();
    try {
      output.putAll(head, 0, head.length, length > 0);
      output.putAll(bytes, offset, length, false);
    } finally {
      writing.unlock();
    }
  }

  /**
   * Puts bytes in that nobody changes any more, as they are and whatever the pipe's capacity: how
   * many lie in it is for the giver to bound, who learns when they do so no longer. Not to be mixed
   * with what is written, which goes before.
   *
   * @param head stands before them, as in {@link #write}; may be empty
   * @param taken is run once they are read, or thrown away because nobody reads
   */
  public void give(byte[] head, byte[] bytes, int offset, int length, Runnable taken) {
    lock.lock();
    try {
      if (!abandoned && !ended) {
        given.addLast(new Given(head, 0, head.length, () -> {}));
        given.addLast(new Given(bytes, offset, length, taken));
        changed.signalAll();
        return;
      }
    } finally {
      lock.unlock();
    }
    taken.run();
  }

  /** Ends the pipe with an error for the reader, behind all that was written. */
  public void fail(String message) {
    lock.lock();
    try {
      failure = message;
      ended = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Called in loops alone: what changed may be something else. */
  @SuppressWarnings("WaitNotInLoop")
  private void await() throws IOException {
    try {
      changed.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private final class Input extends InputStream {
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
      List<Given> parts = new ArrayList<>();
      lock.lock();
      try {
        while (count == 0 && given.isEmpty()) {
          if (abandoned) {
            return -1;
          }
          if (ended) {
            return end();
          }
          await();
        }
        if (count > 0) {
          return take(target, offset, length);
        }
        takeGiven(length, parts);
      } finally {
        lock.unlock();
      }
      int filled = 0;
      for (Given part : parts) {
        System.arraycopy(part.bytes, part.offset, target, offset + filled, part.length);
        filled += part.length;
        part.taken.run();
      }
      return filled;
    }

    /** Takes as much out as is wanted; nobody else can reach it then. */
    private void takeGiven(int length, List<Given> parts) {
      int left = length;
      while (left > 0 && !given.isEmpty()) {
        Given piece = given.removeFirst();
        if (piece.length > left) {
          given.addFirst(piece.from(left));
          piece = piece.upTo(left);
        }
        parts.add(piece);
        left -= piece.length;
      }
    }

    private int end() throws IOException {
      if (!failure.isEmpty()) {
        throw new IOException(failure);
      }
      return -1;
    }

    private int take(byte[] target, int offset, int length) {
      int taken = Math.min(length, count);
      int first = Math.min(taken, buffer.length - start);
      System.arraycopy(buffer, start, target, offset, first);
      System.arraycopy(buffer, 0, target, offset + first, taken - first);
      start = (start + taken) % buffer.length;
      count -= taken;
      if (count <= capacity / 2) {
        // A writer that was woken for each piece would be more awake than it writes.
        changed.signalAll();
      }
      return taken;
    }

    @Override
    public int available() {
      lock.lock();
      try {
        return count + given.stream().mapToInt(Given::length).sum();
      } finally {
        lock.unlock();
      }
    }

    @Override
    public void close() {
      List<Given> unread;
      lock.lock();
      try {
        abandoned = true;
        count = 0;
        unread = List.copyOf(given);
        given.clear();
        changed.signalAll();
      } finally {
        lock.unlock();
      }
      unread.forEach(piece -> piece.taken.run());
    }
  }

  private final class Output extends OutputStream {
    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] source, int offset, int length) throws IOException {
      writing.lock();
      try {
        putAll(source, offset, length, false);
      } finally {
        writing.unlock();
      }
    }

    /** A reader that sleeps is not woken for what is only the beginning. */
    private void putAll(byte[] source, int offset, int length, boolean begins) throws IOException {
      int written = 0;
      while (written < length) {
        written += put(source, offset + written, length - written, begins);
      }
    }

    private int put(byte[] source, int offset, int length, boolean begins) throws IOException {
      lock.lock();
      try {
        while (count == capacity && !abandoned && !ended) {
          await();
        }
        if (abandoned || ended) {
          throw new IOException(abandoned ? "the reader has left" : "the pipe has ended");
        }
        int put = Math.min(length, capacity - count);
        grow(count + put);
        int end = (start + count) % buffer.length;
        int first = Math.min(put, buffer.length - end);
        System.arraycopy(source, offset, buffer, end, first);
        System.arraycopy(source, offset + first, buffer, 0, put - first);
        count += put;
        if (!begins || count == capacity) {
          changed.signalAll();
        }
        return put;
      } finally {
        lock.unlock();
      }
    }

    private void grow(int needed) {
      if (needed <= buffer.length) {
        return;
      }
      int size = Math.min(capacity, Math.max(needed, buffer.length * 4));
      byte[] larger = Arrays.copyOf(Arrays.copyOfRange(buffer, start, buffer.length), size);
      System.arraycopy(buffer, 0, larger, buffer.length - start, start);
      buffer = larger;
      start = 0;
    }

    @Override
    public void close() {
      lock.lock();
      try {
        ended = true;
        changed.signalAll();
      } finally {
        lock.unlock();
      }
    }
  }
}
