package io.sockerless.backend.memory.kernel;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * The input queue of a terminal: the line that is being typed, and behind it what tasks may read.
 * Whoever types waits while it is full, whoever reads while it is empty.
 *
 * @see <a href="https://man7.org/linux/man-pages/man3/termios.3.html">termios(3)</a>
 */
final class InputQueue {

  private static final int MAX_WAITING = 65_536;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition typed = lock.newCondition();
  private final Condition drained = lock.newCondition();
  private final Deque<byte[]> waiting = new ArrayDeque<>();
  private final TypedLine line = new TypedLine();
  private int waitingBytes;
  private boolean hungUp;

  /**
   * Takes a key.
   *
   * @param canonical whether it edits the line; else tasks may read it at once, behind the line.
   *     Asked while nobody ends the line, so that whoever changes it finds each key typed before
   * @return what the person is to see of it
   */
  byte[] type(int key, BooleanSupplier canonical) throws IOException {
    lock.lock();
    try {
      while (waitingBytes >= MAX_WAITING && !hungUp) {
        Waiting.on(drained);
      }
      if (!canonical.getAsBoolean()) {
        endEditing();
        handOver(new byte[] {(byte) key});
        return TypedLine.echo(key);
      }
      TypedLine.Edit edit = line.type(key);
      edit.finished().ifPresent(this::handOver);
      return edit.shown();
    } finally {
      lock.unlock();
    }
  }

  /** Lets tasks read; nothing at all is the end of the input. */
  private void handOver(byte[] bytes) {
    waiting.add(bytes);
    waitingBytes += bytes.length;
    typed.signalAll();
  }

  /** Lets tasks read what is typed of a line that will not be edited any more. */
  void endEditing() {
    lock.lock();
    try {
      if (!line.isEmpty()) {
        handOver(line.take());
      }
    } finally {
      lock.unlock();
    }
  }

  /** Forgets all that was typed and not read. */
  void flush() {
    lock.lock();
    try {
      line.clear();
      waiting.clear();
      waitingBytes = 0;
      drained.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Nobody will read any more: whoever types need not wait. */
  void hangUp() {
    lock.lock();
    try {
      hungUp = true;
      drained.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Reads what was handed over, waiting for it as the settings say; -1 at the end of the input. */
  int read(byte[] bytes, int offset, int length, TerminalSettings settings) throws IOException {
    boolean limited = !settings.canonical() && (settings.timeout() > 0 || settings.minimum() == 0);
    long left = TimeUnit.MILLISECONDS.toNanos(settings.timeout() * 100L);
    lock.lock();
    try {
      while (waiting.isEmpty()) {
        if (hungUp || (limited && left <= 0)) {
          return -1;
        }
        if (limited) {
          left = Waiting.on(typed, left);
        } else {
          Waiting.on(typed);
        }
      }
      return take(bytes, offset, length);
    } finally {
      lock.unlock();
    }
  }

  private int take(byte[] bytes, int offset, int length) {
    byte[] first = waiting.remove();
    if (first.length == 0) {
      return -1;
    }
    int taken = Math.min(length, first.length);
    System.arraycopy(first, 0, bytes, offset, taken);
    if (taken < first.length) {
      waiting.addFirst(Arrays.copyOfRange(first, taken, first.length));
    }
    waitingBytes -= taken;
    drained.signalAll();
    return taken;
  }

  /** Waits until a read would not block; false when the time is over before. */
  boolean awaitReadable(long nanos) throws IOException {
    lock.lock();
    try {
      long left = nanos;
      while (waiting.isEmpty() && !hungUp) {
        if (left <= 0) {
          return false;
        }
        left = Waiting.on(typed, left);
      }
      return true;
    } finally {
      lock.unlock();
    }
  }
}
