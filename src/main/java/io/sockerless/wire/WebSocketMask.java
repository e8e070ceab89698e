package io.sockerless.wire;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The exclusive or that a client's payload is masked with, eight bytes at a time. A key is the four
 * bytes of the frame, the first one lowest.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6455#section-5.3">RFC 6455, 5.3</a>
 */
public final class WebSocketMask {

  /** The key that leaves everything as it is. */
  public static final int NONE = 0;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private WebSocketMask() {}

  /**
   * Masks, or unmasks, from one array into another, which may be the same one at the same place.
   *
   * @param key for the first byte; {@link #advance} gives that of a later one
   */
  public static void apply(int key, byte[] source, int from, byte[] target, int to, int length) {
    long wide = (key & 0xffff_ffffL) * 0x1_0000_0001L;
    int i = 0;
    for (; i <= length - Long.BYTES; i += Long.BYTES) {
      LONGS.set(target, to + i, (long) LONGS.get(source, from + i) ^ wide);
    }
    for (; i < length; i++) {
      target[to + i] = (byte) (source[from + i] ^ (key >>> (8 * (i & 3))));
    }
  }

  /** The key as it stands so many bytes further on. */
  public static int advance(int key, int bytes) {
    return Integer.rotateRight(key, 8 * (bytes & 3));
  }
}
