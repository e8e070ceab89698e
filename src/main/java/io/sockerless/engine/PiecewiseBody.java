package io.sockerless.engine;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * The body of an answer that is made in whole pieces as it is read, and announces no more than the
 * piece that is there: whoever passes it on flushes behind each one.
 */
public abstract class PiecewiseBody extends InputStream {

  private byte[] piece = new byte[0];
  private int position;

  /**
   * Waits for what follows.
   *
   * @return empty at the end
   */
  protected abstract Optional<byte[]> next() throws IOException;

  @Override
  public final int read() throws IOException {
    return fill() ? piece[position++] & 0xff : -1;
  }

  @Override
  public final int read(byte[] target, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (!fill()) {
      return -1;
    }
    int count = Math.min(length, piece.length - position);
    System.arraycopy(piece, position, target, offset, count);
    position += count;
    return count;
  }

  @Override
  public final int available() {
    return piece.length - position;
  }

  private boolean fill() throws IOException {
    while (position == piece.length) {
      Optional<byte[]> next = next();
      if (next.isEmpty()) {
        return false;
      }
      piece = next.get();
      position = 0;
    }
    return true;
  }
}
