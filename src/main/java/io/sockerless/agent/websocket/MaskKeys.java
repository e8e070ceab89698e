package io.sockerless.agent.websocket;

/**
 * The keys that a client masks its frames with: nobody can foretell them. Drawn many at a time,
 * since each draw costs more than masking a small frame.
 */
final class MaskKeys {

  private static final int BATCH = 256;

  private final byte[] drawn = new byte[BATCH];
  private int position = BATCH;

  /** A key for one frame. */
  int next() {
    if (position == BATCH) {
      Entropy.fill(drawn);
      position = 0;
    }
    int key = 0;
    for (int i = 0; i < Integer.BYTES; i++) {
      key = (key << 8) | (drawn[position++] & 0xff);
    }
    return key;
  }
}
