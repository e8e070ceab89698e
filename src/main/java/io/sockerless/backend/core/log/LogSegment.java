package io.sockerless.backend.core.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** Finds records in one file of a log without reading all of it. */
final class LogSegment {

  private static final int WINDOW = 64 * 1024;

  private LogSegment() {}

  /** The length of a file up to the end of its last whole record. */
  static long wholeLength(FileChannel file) throws IOException {
    long size = file.size();
    if (size == 0 || endsWhole(file, size)) {
      return size;
    }
    long end = 0;
    ByteBuffer head = ByteBuffer.allocate(4);
    while (read(file, head.clear(), end) == 4) {
      int length = head.getInt(0);
      if (!LogRecord.isLength(length) || end + length + 8 > size) {
        break;
      }
      end += length + 8L;
    }
    return end;
  }

  private static boolean endsWhole(FileChannel file, long size) throws IOException {
    if (size < LogRecord.OVERHEAD) {
      return false;
    }
    ByteBuffer number = ByteBuffer.allocate(4);
    read(file, number, size - 4);
    int length = number.getInt(0);
    long start = size - length - 8L;
    if (!LogRecord.isLength(length) || start < 0) {
      return false;
    }
    read(file, number.clear(), start);
    return number.getInt(0) == length;
  }

  /**
   * Where the last lines of a file begin.
   *
   * @param end a place between two records
   * @param lines how many are wanted
   * @return the place, and how many lines are behind it: fewer if the file has no more
   */
  static Tail tail(FileChannel file, long end, long lines) throws IOException {
    long position = end;
    long found = 0;
    ByteBuffer window = ByteBuffer.allocate(WINDOW);
    while (position > 0 && found < lines) {
      long base = Math.max(0, position - WINDOW);
      window.clear().limit((int) (position - base));
      read(file, window, base);
      long before = position;
      while (position - base >= LogRecord.OVERHEAD && found < lines) {
        int length = window.getInt((int) (position - base) - 4);
        if (position - base < length + 8L) {
          break;
        }
        position -= length + 8L;
        if (LogRecord.isFirst(window, (int) (position - base))) {
          found++;
        }
      }
      if (position == before) {
        throw new IOException("the log is damaged before " + position);
      }
    }
    return new Tail(position, found);
  }

  /** Where a number of lines begins. */
  record Tail(long offset, long lines) {}

  /** Reads until the buffer is full or the file ends. */
  static int read(FileChannel file, ByteBuffer target, long position) throws IOException {
    long next = position;
    while (target.hasRemaining()) {
      int count = file.read(target, next);
      if (count < 0) {
        break;
      }
      next += count;
    }
    return (int) (next - position);
  }
}
