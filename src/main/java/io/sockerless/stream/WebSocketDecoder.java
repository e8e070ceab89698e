package io.sockerless.stream;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Takes the bytes that a WebSocket's client sends, in whatever pieces they come, and hands on each
 * frame's payload. A frame of data may be a part of a message: for a stream of bytes it makes no
 * difference.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6455#section-5">RFC 6455, 5</a>
 */
final class WebSocketDecoder extends OutputStream {

  static final int BINARY = 2;
  static final int CLOSE = 8;
  static final int PING = 9;
  static final int PONG = 10;

  private static final int FINAL = 0x80;
  private static final int MASKED = 0x80;
  private static final int MAX_PAYLOAD = 1024 * 1024;
  private static final int MASK_BYTES = 4;
  private static final int NORMAL_CLOSURE = 1000;

  private final Listener listener;
  private byte[] pending = new byte[0];

  /** Gets what was decoded. */
  @FunctionalInterface
  interface Listener {
    /** One frame's payload. */
    void frame(int kind, byte[] payload) throws IOException;
  }

  WebSocketDecoder(Listener listener) {
    this.listener = listener;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    byte[] all = Arrays.copyOf(pending, pending.length + length);
    System.arraycopy(bytes, offset, all, pending.length, length);
    ByteBuffer buffer = ByteBuffer.wrap(all);
    while (decode(buffer)) {
      // One frame after the other.
    }
    pending = Arrays.copyOfRange(all, buffer.position(), all.length);
  }

  /** Takes one frame out of the buffer, if it is there whole. */
  private boolean decode(ByteBuffer buffer) throws IOException {
    buffer.mark();
    if (buffer.remaining() < 2) {
      return false;
    }
    int kind = buffer.get() & 0x0f;
    int second = buffer.get() & 0xff;
    if ((second & MASKED) == 0) {
      throw new IOException("a client's frame is not masked");
    }
    int extra = extraLength(second & 0x7f);
    if (buffer.remaining() < extra + MASK_BYTES) {
      buffer.reset();
      return false;
    }
    long length =
        switch (extra) {
          case 2 -> buffer.getShort() & 0xffff;
          case 8 -> buffer.getLong();
          default -> second & 0x7f;
        };
    if (length < 0 || length > MAX_PAYLOAD) {
      throw new IOException("a frame of " + length + " bytes");
    }
    if (buffer.remaining() < length + MASK_BYTES) {
      buffer.reset();
      return false;
    }
    listener.frame(kind, unmask(buffer, (int) length));
    return true;
  }

  private static int extraLength(int code) {
    return switch (code) {
      case 126 -> 2;
      case 127 -> 8;
      default -> 0;
    };
  }

  private static byte[] unmask(ByteBuffer buffer, int length) {
    byte[] mask = new byte[MASK_BYTES];
    byte[] payload = new byte[length];
    buffer.get(mask).get(payload);
    for (int i = 0; i < length; i++) {
      payload[i] ^= mask[i % MASK_BYTES];
    }
    return payload;
  }

  /** A frame as a server sends it, whole and not masked. */
  static byte[] encode(int kind, byte[] bytes, int length) {
    ByteBuffer frame = ByteBuffer.allocate(length + 10).put((byte) (FINAL | kind));
    if (length < 126) {
      frame.put((byte) length);
    } else if (length < 65536) {
      frame.put((byte) 126).putShort((short) length);
    } else {
      frame.put((byte) 127).putLong(length);
    }
    frame.put(bytes, 0, length);
    return Arrays.copyOf(frame.array(), frame.position());
  }

  /** The last frame of a connection that ends well. */
  static byte[] closing() {
    byte[] code = {(byte) (NORMAL_CLOSURE >> 8), (byte) NORMAL_CLOSURE};
    return encode(CLOSE, code, code.length);
  }
}
