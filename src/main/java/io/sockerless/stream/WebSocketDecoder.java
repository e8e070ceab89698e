package io.sockerless.stream;

import io.sockerless.wire.WebSocketMask;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

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

  private static final int FIRST_BYTES = 2;
  private static final int MAX_HEAD = FIRST_BYTES + Long.BYTES + MASK_BYTES;

  private static final byte[] NOTHING = new byte[0];

  private final Listener listener;
  private final byte[] head = new byte[MAX_HEAD];
  private int headBytes;
  private int headLength = FIRST_BYTES;

  /** Of the frame whose head has been read; taken once for all of it, and handed on as it is. */
  private byte[] payload = NOTHING;

  private int payloadBytes;

  /** The first byte lowest. */
  private int mask;

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
    int end = offset + length;
    for (int at = offset; at < end; ) {
      at += headBytes < headLength ? takeHead(bytes, at, end) : takePayload(bytes, at, end);
    }
  }

  /** Takes what there is of a frame's head; answers how many bytes that was. */
  private int takeHead(byte[] bytes, int from, int end) throws IOException {
    int count = Math.min(headLength - headBytes, end - from);
    System.arraycopy(bytes, from, head, headBytes, count);
    headBytes += count;
    if (headBytes == FIRST_BYTES && headLength == FIRST_BYTES) {
      if ((head[1] & MASKED) == 0) {
        throw new WebSocketFault(PROTOCOL_ERROR, "a client's frame is not masked");
      }
      headLength += extraLength(head[1] & 0x7f) + MASK_BYTES;
    } else if (headBytes == headLength) {
      beginPayload();
    }
    return count;
  }

  private void beginPayload() throws IOException {
    ByteBuffer fields = ByteBuffer.wrap(head);
    long length =
        switch (extraLength(head[1] & 0x7f)) {
          case 2 -> fields.getShort(FIRST_BYTES) & 0xffff;
          case 8 -> fields.getLong(FIRST_BYTES);
          default -> head[1] & 0x7f;
        };
    if (length < 0 || length > MAX_PAYLOAD) {
      throw new WebSocketFault(TOO_BIG, "a frame of " + length + " bytes");
    }
    mask = Integer.reverseBytes(fields.getInt(headLength - MASK_BYTES));
    payload = new byte[(int) length];
    payloadBytes = 0;
    if (length == 0) {
      handOn();
    }
  }

  private static int extraLength(int code) {
    return switch (code) {
      case 126 -> 2;
      case 127 -> 8;
      default -> 0;
    };
  }

  private int takePayload(byte[] bytes, int from, int end) throws IOException {
    int count = Math.min(payload.length - payloadBytes, end - from);
    int key = WebSocketMask.advance(mask, payloadBytes);
    WebSocketMask.apply(key, bytes, from, payload, payloadBytes, count);
    payloadBytes += count;
    if (payloadBytes == payload.length) {
      handOn();
    }
    return count;
  }

  private void handOn() throws IOException {
    byte[] whole = payload;
    payload = NOTHING;
    headBytes = 0;
    headLength = FIRST_BYTES;
    listener.frame(head[0] & 0x0f, (head[0] & FINAL) != 0, whole);
  }

  /** What comes before the payload of a frame that a server sends, whole and not masked. */
  static byte[] head(int kind, int length) {
    return head(kind, NOTHING, length);
  }

  /**
   * The same where a payload's beginning is at hand.
   *
   * @param length of what follows
   */
  static byte[] head(int kind, byte[] beginning, int length) {
    int whole = beginning.length + length;
    int head = whole < 126 ? 2 : whole < 65536 ? 4 : 10;
    ByteBuffer frame = ByteBuffer.allocate(head + beginning.length).put((byte) (FINAL | kind));
    if (whole < 126) {
      frame.put((byte) whole);
    } else if (whole < 65536) {
      frame.put((byte) 126).putShort((short) whole);
    } else {
      frame.put((byte) 127).putLong(whole);
    }
    return frame.put(beginning).array();
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
    return head(CLOSE, payload, 0);
  }
}
