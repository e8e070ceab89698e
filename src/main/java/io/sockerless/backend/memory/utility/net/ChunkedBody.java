package io.sockerless.backend.memory.utility.net;

import io.sockerless.backend.memory.utility.Failure;
import io.sockerless.backend.memory.utility.Quantities;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/**
 * A content that comes in chunks.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9112#section-7.1">RFC 9112, 7.1</a>
 */
final class ChunkedBody extends InputStream {

  private static final int MAX_LINE = 1_024;

  private final InputStream input;
  private long left;
  private boolean first = true;
  private boolean ended;

  ChunkedBody(InputStream input) {
    this.input = input;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (left == 0 && !ended) {
      nextChunk();
    }
    if (ended) {
      return -1;
    }
    int count = input.read(bytes, offset, (int) Math.min(length, left));
    if (count < 0) {
      throw new EOFException("connection closed prematurely");
    }
    left -= count;
    return count;
  }

  private void nextChunk() throws IOException {
    if (!first) {
      line();
    }
    first = false;
    String size = line().split(";", 2)[0].strip();
    left = Quantities.parse(size, 16).orElseThrow(() -> new Failure("bad chunk length"));
    if (left == 0) {
      ended = true;
      skipTrailers();
    }
  }

  private void skipTrailers() throws IOException {
    String trailer = line();
    while (!trailer.isEmpty()) {
      trailer = line();
    }
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    int next = input.read();
    while (next >= 0 && next != '\n') {
      if (line.length() > MAX_LINE) {
        throw new Failure("bad chunk length");
      }
      line.append((char) next);
      next = input.read();
    }
    if (next < 0) {
      throw new EOFException("connection closed prematurely");
    }
    return line.toString().strip();
  }
}
