package io.sockerless.agent.websocket;

import io.sockerless.wire.WebSocketMask;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * Reads frames in whatever pieces they come, and refuses those that must not be. For one thread at
 * a time.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6455#section-5.2">RFC 6455, 5.2</a>
 */
final class FrameReader {

  /** What a control frame, or a length of one byte, has at most. */
  static final int MAX_CONTROL = 125;

  /** In the place of a length, that two bytes have it. */
  static final int SHORT_LENGTH = 126;

  /** In the place of a length, that eight bytes have it. */
  static final int LONG_LENGTH = 127;

  private static final int LAST = 0x80;
  private static final int RESERVED = 0x70;
  private static final int MASKED = 0x80;

  private final InputStream input;
  private final Role role;
  private final byte[] scratch = new byte[Long.BYTES];

  /** Reads from a stream that is buffered, for its heads are read in small pieces. */
  FrameReader(InputStream input, Role role) {
    this.input = input;
    this.role = role;
  }

  /**
   * Blocks for the next frame.
   *
   * @param limit how many bytes one with data may have
   * @throws EOFException if the stream ends
   */
  Frame read(int limit) throws IOException {
    int first = readByte();
    int second = readByte();
    if ((first & RESERVED) != 0) {
      throw ProtocolFault.protocol("reserved bits that no extension was agreed for");
    }
    Optional<Opcode> known = Opcode.of(first & 0x0f);
    if (known.isEmpty()) {
      throw ProtocolFault.protocol("an opcode that is reserved");
    }
    Opcode opcode = known.get();
    boolean last = (first & LAST) != 0;
    if (((second & MASKED) != 0) == role.masks()) {
      throw ProtocolFault.protocol(
          role.masks() ? "a server's frame is masked" : "a client's frame is not masked");
    }
    int code = second & 0x7f;
    if (opcode.isControl() && (!last || code > MAX_CONTROL)) {
      throw ProtocolFault.protocol("a control frame in parts, or of more than 125 bytes");
    }
    long length = readLength(code);
    if (!opcode.isControl() && length > limit) {
      throw ProtocolFault.size(length, limit);
    }
    return new Frame(last, opcode, readPayload((int) length));
  }

  private long readLength(int code) throws IOException {
    if (code == SHORT_LENGTH) {
      return atLeast(MAX_CONTROL + 1, readNumber(Short.BYTES));
    }
    if (code == LONG_LENGTH) {
      return atLeast(0x1_0000, readNumber(Long.BYTES));
    }
    return code;
  }

  private static long atLeast(int least, long length) throws ProtocolFault {
    if (length < least) {
      throw ProtocolFault.protocol("a length that is negative, or longer than it need be");
    }
    return length;
  }

  private byte[] readPayload(int length) throws IOException {
    int key = WebSocketMask.NONE;
    if (!role.masks()) {
      key = Integer.reverseBytes((int) readNumber(Integer.BYTES));
    }
    byte[] payload = new byte[length];
    readFully(payload, length);
    if (key != WebSocketMask.NONE) {
      WebSocketMask.apply(key, payload, 0, payload, 0, length);
    }
    return payload;
  }

  private long readNumber(int bytes) throws IOException {
    readFully(scratch, bytes);
    long number = 0;
    for (int i = 0; i < bytes; i++) {
      number = (number << 8) | (scratch[i] & 0xff);
    }
    return number;
  }

  private int readByte() throws IOException {
    int value = input.read();
    if (value < 0) {
      throw ended();
    }
    return value;
  }

  private void readFully(byte[] target, int length) throws IOException {
    if (input.readNBytes(target, 0, length) < length) {
      throw ended();
    }
  }

  private static EOFException ended() {
    return new EOFException("the connection ended without a close");
  }
}
