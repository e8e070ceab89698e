package io.sockerless.agent.websocket;

import io.sockerless.wire.WebSocketMask;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Writes frames, each a whole message. A small one is one write, so that it is one packet; a large
 * one passes through a buffer once where it has to be masked, and else not at all. For one thread
 * at a time.
 */
final class FrameWriter {

  private static final int LAST = 0x80;
  private static final int MASKED = 0x80;
  private static final int MAX_SHORT = 0xffff;
  private static final int MAX_HEAD = 14;
  private static final int INITIAL = 1024;

  /** The payload that still goes out at once with its head: 64 KB with what it says of them. */
  private static final int PIECE = 64 * 1024 + 64;

  private static final byte[] NOTHING = new byte[0];

  private final OutputStream output;
  private final Role role;
  private final MaskKeys keys = new MaskKeys();
  private byte[] buffer = new byte[INITIAL];

  FrameWriter(OutputStream output, Role role) {
    this.output = output;
    this.role = role;
  }

  /** Writes one frame, and flushes. */
  void write(Opcode opcode, byte[] bytes, int offset, int length) throws IOException {
    write(opcode, NOTHING, bytes, offset, length);
  }

  /** The same for a payload in two parts, of which the first one is short. */
  void write(Opcode opcode, byte[] first, byte[] bytes, int offset, int length) throws IOException {
    int payload = first.length + length;
    int wanted = MAX_HEAD + Math.min(payload, PIECE);
    if (buffer.length < wanted) {
      buffer = new byte[wanted];
    }
    int head = putHead(opcode, payload);
    if (role.masks()) {
      writeMasked(head, first, bytes, offset, length);
    } else {
      System.arraycopy(first, 0, buffer, head, first.length);
      int filled = head + first.length;
      int fits = Math.min(length, buffer.length - filled);
      System.arraycopy(bytes, offset, buffer, filled, fits);
      output.write(buffer, 0, filled + fits);
      if (fits < length) {
        output.write(bytes, offset + fits, length - fits);
      }
    }
    output.flush();
  }

  private void writeMasked(int head, byte[] first, byte[] bytes, int offset, int length)
      throws IOException {
    int drawn = keys.next();
    int filled = head;
    for (int i = 0; i < Integer.BYTES; i++) {
      buffer[filled++] = (byte) (drawn >>> (8 * i));
    }
    WebSocketMask.apply(drawn, first, 0, buffer, filled, first.length);
    filled += first.length;
    int key = WebSocketMask.advance(drawn, first.length);
    int done = 0;
    do {
      int count = Math.min(length - done, buffer.length - filled);
      WebSocketMask.apply(
          WebSocketMask.advance(key, done), bytes, offset + done, buffer, filled, count);
      output.write(buffer, 0, filled + count);
      done += count;
      filled = 0;
    } while (done < length);
  }

  /** Puts all of the head but the key; answers where it ends. */
  private int putHead(Opcode opcode, int length) {
    buffer[0] = (byte) (LAST | opcode.code());
    int masked = role.masks() ? MASKED : 0;
    if (length <= FrameReader.MAX_CONTROL) {
      buffer[1] = (byte) (masked | length);
      return 2;
    }
    if (length <= MAX_SHORT) {
      buffer[1] = (byte) (masked | FrameReader.SHORT_LENGTH);
      return putLength(length, Short.BYTES);
    }
    buffer[1] = (byte) (masked | FrameReader.LONG_LENGTH);
    return putLength(length, Long.BYTES);
  }

  private int putLength(long length, int bytes) {
    for (int i = 0; i < bytes; i++) {
      buffer[2 + i] = (byte) (length >>> (8 * (bytes - 1 - i)));
    }
    return 2 + bytes;
  }
}
