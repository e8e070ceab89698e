package io.sockerless.backend.memory.utility.net;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** A content of a length that is known before. */
final class SizedBody extends InputStream {

  private final InputStream input;
  private long left;

  SizedBody(InputStream input, long length) {
    this.input = input;
    this.left = length;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (left == 0) {
      return -1;
    }
    int count = input.read(bytes, offset, (int) Math.min(length, left));
    if (count < 0) {
      throw new EOFException("connection closed prematurely");
    }
    left -= count;
    return count;
  }
}
