package io.sockerless.backend.memory.utility.jq;

import java.io.IOException;
import java.io.InputStream;

/**
 * Hands out an input no more than a line at a time, so that at each value it is known how many
 * lines were needed for it, as {@code jq} tells it.
 */
final class CountedLines extends InputStream {

  private static final int BUFFER = 65_536;

  private final InputStream input;
  private final byte[] buffer = new byte[BUFFER];
  private int start;
  private int end;
  private long lines;

  CountedLines(InputStream input) {
    this.input = input;
  }

  /** How many lines have been handed out to their ends. */
  long lines() {
    return lines;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (start == end) {
      start = 0;
      end = Math.max(0, input.read(buffer, 0, BUFFER));
      if (end == 0) {
        return -1;
      }
    }
    int count = 0;
    while (count < length && start < end) {
      byte next = buffer[start++];
      bytes[offset + count++] = next;
      if (next == '\n') {
        lines++;
        break;
      }
    }
    return count;
  }
}
