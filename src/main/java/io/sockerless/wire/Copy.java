package io.sockerless.wire;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * Moves bytes from one stream to another as they come, in a buffer that grows with the traffic and
 * is small for an idle one.
 */
public final class Copy {

  private static final int SMALL = 4 * 1024;
  private static final int LARGE = 64 * 1024;

  private Copy() {}

  /**
   * Copies until the end of {@code from}; what has come is flushed before the next wait.
   *
   * @return bytes copied
   */
  public static long all(InputStream from, OutputStream to) throws IOException {
    byte[] buffer = new byte[SMALL];
    long total = 0;
    int count;
    while ((count = from.read(buffer, 0, buffer.length)) >= 0) {
      to.write(buffer, 0, count);
      if (from.available() == 0) {
        to.flush();
      }
      total += count;
      if (count == buffer.length && count < LARGE) {
        buffer = new byte[buffer.length * 4];
      }
    }
    return total;
  }
}
