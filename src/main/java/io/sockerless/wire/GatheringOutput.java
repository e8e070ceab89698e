package io.sockerless.wire;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/**
 * Gathers small writes into one system call, in a buffer that is small for small messages and grows
 * with large ones.
 */
public final class GatheringOutput extends OutputStream {

  private static final int SMALL = 1024;
  private static final int LARGE = 64 * 1024;

  private final OutputStream output;
  private byte[] buffer = new byte[SMALL];
  private int count;

  /** Writes to {@code output}, which stays open. */
  public GatheringOutput(OutputStream output) {
    this.output = output;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    if (count + length > LARGE) {
      flush();
    }
    if (length >= LARGE) {
      output.write(bytes, offset, length);
      return;
    }
    if (count + length > buffer.length) {
      buffer = Arrays.copyOf(buffer, Math.clamp((count + length) * 2L, SMALL, LARGE));
    }
    System.arraycopy(bytes, offset, buffer, count, length);
    count += length;
  }

  @Override
  public void flush() throws IOException {
    if (count > 0) {
      int gathered = count;
      count = 0;
      output.write(buffer, 0, gathered);
    }
  }
}
