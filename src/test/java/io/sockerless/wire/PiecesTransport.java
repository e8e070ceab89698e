package io.sockerless.wire;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A peer that sends what a test wrote in pieces of given sizes, then ends; it keeps what it is
 * sent.
 */
final class PiecesTransport implements Transport {

  private final byte[] bytes;
  private final int[] sizes;
  private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
  private int position;
  private int piece;

  /** The sizes are used round and round. */
  PiecesTransport(byte[] bytes, int... sizes) {
    this.bytes = bytes;
    this.sizes = sizes.length == 0 ? new int[] {Integer.MAX_VALUE} : sizes;
  }

  static Input input(byte[] bytes, int... sizes) {
    return new Input(new PiecesTransport(bytes, sizes));
  }

  static Input input(String text, int... sizes) {
    return input(text.getBytes(StandardCharsets.ISO_8859_1), sizes);
  }

  byte[] sent() {
    return sent.toByteArray();
  }

  @Override
  public int read(byte[] target, int offset, int length) {
    if (position == bytes.length) {
      return -1;
    }
    int count = Math.min(Math.min(length, bytes.length - position), sizes[piece++ % sizes.length]);
    System.arraycopy(bytes, position, target, offset, count);
    position += count;
    return count;
  }

  @Override
  public void write(byte[] source, int offset, int length) {
    sent.writeBytes(Arrays.copyOfRange(source, offset, offset + length));
  }

  @Override
  public void shutdownOutput() {}

  @Override
  public boolean isStale() {
    return position == bytes.length;
  }

  @Override
  public void close() {}
}
