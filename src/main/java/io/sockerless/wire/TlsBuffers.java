package io.sockerless.wire;

import java.nio.ByteBuffer;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * Buffers to encrypt into. An engine asks for room for the largest record even when it makes a
 * small one, which would be too much to hold for each idle connection and to allocate for each
 * write.
 */
final class TlsBuffers {

  private static final int SIZE = 68 * 1024;
  private static final BlockingQueue<ByteBuffer> SPARE = new ArrayBlockingQueue<>(64);

  private TlsBuffers() {}

  /**
   * An empty one with room for at least {@code size} bytes, for one thread until it is given back.
   */
  static ByteBuffer take(int size) {
    ByteBuffer spare = size <= SIZE ? SPARE.poll() : null;
    return spare == null ? ByteBuffer.allocate(Math.max(SIZE, size)) : spare.clear();
  }

  static void give(ByteBuffer buffer) {
    if (buffer.capacity() == SIZE) {
      boolean _ = SPARE.offer(buffer);
    }
  }
}
