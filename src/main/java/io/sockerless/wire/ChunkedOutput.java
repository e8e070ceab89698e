package io.sockerless.wire;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Writes each piece as one chunk (RFC 9112, 7.1). */
public final class ChunkedOutput extends OutputStream {

  private static final byte[] LINE_END = {'\r', '\n'};
  private static final byte[] LAST = "0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  private static final int SMALL = 4 * 1024;
  private static final int LARGE = 64 * 1024;

  /** Before a chunk read in place: the longest line that tells the size of one. */
  private static final int SIZE_LINE = sizeLine(LARGE).length;

  private final OutputStream output;

  /** Writes to {@code output}, which should be buffered, and stays open. */
  public ChunkedOutput(OutputStream output) {
    this.output = output;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    if (length == 0) {
      return;
    }
    output.write(sizeLine(length));
    output.write(bytes, offset, length);
    output.write(LINE_END);
  }

  /**
   * Writes all of {@code from}, as it comes: a chunk is whatever is there, read to where it is
   * framed, so that it is not copied and takes a single write.
   */
  public void transferFrom(InputStream from) throws IOException {
    byte[] buffer = new byte[SIZE_LINE + SMALL + LINE_END.length];
    int capacity = SMALL;
    int count;
    while ((count = from.read(buffer, SIZE_LINE, capacity)) >= 0) {
      int more = 0;
      while (more >= 0 && count < capacity && from.available() > 0) {
        more = from.read(buffer, SIZE_LINE + count, capacity - count);
        count += Math.max(more, 0);
      }
      writeFramed(buffer, count);
      if (count == capacity && capacity < LARGE) {
        capacity *= 4;
        buffer = new byte[SIZE_LINE + capacity + LINE_END.length];
      }
    }
  }

  private void writeFramed(byte[] buffer, int count) throws IOException {
    byte[] size = sizeLine(count);
    int start = SIZE_LINE - size.length;
    System.arraycopy(size, 0, buffer, start, size.length);
    System.arraycopy(LINE_END, 0, buffer, SIZE_LINE + count, LINE_END.length);
    output.write(buffer, start, size.length + count + LINE_END.length);
    output.flush();
  }

  private static byte[] sizeLine(int length) {
    return (Integer.toHexString(length) + "\r\n").getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public void flush() throws IOException {
    output.flush();
  }

  /** Ends the body; what does not call it leaves the body visibly cut short. */
  public void finish() throws IOException {
    output.write(LAST);
    output.flush();
  }
}
