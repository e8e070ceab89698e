package io.sockerless.stream;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Takes the bytes that a WebSocket's client sends, in whatever pieces they come, and hands on each
 * frame's payload. A frame of data may be a part of a message, which {@link WebSocketMessages} puts
 * together; for a stream of bytes it makes no difference.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6455#section-5">RFC 6455, 5</a>
 */
final class WebSocketDecoder extends OutputStream {

  static final int CONTINUATION = 0;
  static final int TEXT = 1;
  static final int BINARY = 2;
  static final int CLOSE = 8;
  static final int PING = 9;
  static final int PONG = 10;

  private static final int FINAL = 0x80;
  private static final int MASKED = 0x80;
  private static final int MAX_PAYLOAD = 1024 * 1024;
  private static final int MASK_BYTES = 4;
  private static final int NORMAL_CLOSURE = 1000;
  private static final int PROTOCOL_ERROR = 1002;
  private static final int TOO_BIG = 1009;

  /** A control frame has at most 125 bytes. */
  private static final int MAX_REASON = 123;

  private final Listener listener;
  private byte[] pending = new byte[0];

  /** Gets what was decoded. */
  @FunctionalInterface
  interface Listener {
    /**
     * One frame's payload.
     *
     * @param last whether no other frame of its message follows
     */
    void frame(int kind, boolean last, byte[] payload) throws IOException;
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
    ByteBuffer buffer = ByteBuffer.wrap(bytes, offset, length);
    if (pending.length > 0) {
      byte[] all = Arrays.copyOf(pending, pending.length + length);
      System.arraycopy(bytes, offset, all, pending.length, length);
      buffer = ByteBuffer.wrap(all);
    }
    while (decode(buffer)) {
      // One frame after the other.
    }
    pending = new byte[buffer.remaining()];
    buffer.get(pending);
  }

  /** Takes one frame out of the buffer, if it is there whole. */
  private boolean decode(ByteBuffer buffer) throws IOException {
    buffer.mark();
    if (buffer.remaining() < 2) {
      return false;
    }
    int first = buffer.get() & 0xff;
    int kind = first & 0x0f;
    int second = buffer.get() & 0xff;
    if ((second & MASKED) == 0) {
      throw new WebSocketFault(PROTOCOL_ERROR, "a client's frame is not masked");
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
      throw new WebSocketFault(TOO_BIG, "a frame of " + length + " bytes");
    }
    if (buffer.remaining() < length + MASK_BYTES) {
      buffer.reset();
      return false;
    }
    listener.frame(kind, (first & FINAL) != 0, unmask(buffer, (int) length));
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
    ByteBuffer words = ByteBuffer.wrap(payload);
    int pattern = ByteBuffer.wrap(mask).getInt();
    int i = 0;
    for (; i + MASK_BYTES <= length; i += MASK_BYTES) {
      words.putInt(i, words.getInt(i) ^ pattern);
    }
    for (; i < length; i++) {
      payload[i] ^= mask[i % MASK_BYTES];
    }
    return payload;
  }

  /** A frame as a server sends it, whole and not masked. */
  static byte[] encode(int kind, byte[] bytes, int length) {
    int head = length < 126 ? 2 : length < 65536 ? 4 : 10;
    ByteBuffer frame = ByteBuffer.allocate(length + head).put((byte) (FINAL | kind));
    if (length < 126) {
      frame.put((byte) length);
    } else if (length < 65536) {
      frame.put((byte) 126).putShort((short) length);
    } else {
      frame.put((byte) 127).putLong(length);
    }
    return frame.put(bytes, 0, length).array();
  }

  /** The last frame of a connection that ends well. */
  static byte[] closing() {
    return closing(NORMAL_CLOSURE, "");
  }

  /**
   * The last frame of a connection.
   *
   * @param reason for people; cut to what fits
   */
  static byte[] closing(int code, String reason) {
    byte[] words = reason.getBytes(StandardCharsets.UTF_8);
    int length = Math.min(words.length, MAX_REASON);
    while (length < words.length && length > 0 && (words[length] & 0xc0) == 0x80) {
      length--;
    }
    byte[] payload =
        ByteBuffer.allocate(2 + length).putShort((short) code).put(words, 0, length).array();
    return encode(CLOSE, payload, payload.length);
  }
}
