package io.sockerless.agent.websocket;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Random;

/** A stream that gives as few bytes as it likes at a time, as a network does. */
final class Pieces extends FilterInputStream {

  private final Random random;
  private final int largest;

  Pieces(InputStream input, long seed, int largest) {
    super(input);
    this.random = new Random(seed);
    this.largest = largest;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    return super.read(bytes, offset, Math.min(length, 1 + random.nextInt(largest)));
  }
}
