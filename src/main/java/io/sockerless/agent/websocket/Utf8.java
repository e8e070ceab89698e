package io.sockerless.agent.websocket;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Text as WebSocket has it: what is no UTF-8 is a fault, and never replaced. */
final class Utf8 {

  private static final char REPLACEMENT = '\uFFFD';

  private Utf8() {}

  /** The bytes' text. */
  static String decode(byte[] bytes, int offset, int length) throws ProtocolFault {
    // The constructor is many times faster than a decoder, but puts a character in the place of
    // what is wrong; only where that one appears is it worth asking whether it was sent.
    String text = new String(bytes, offset, length, StandardCharsets.UTF_8);
    if (text.indexOf(REPLACEMENT) >= 0) {
      try {
        StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, offset, length));
      } catch (CharacterCodingException e) {
        throw ProtocolFault.encoding("a text that is no UTF-8");
      }
    }
    return text;
  }

  /** The largest length up to {@code limit} that divides no character. */
  static int boundary(byte[] encoded, int limit) {
    int length = limit;
    while (length > 0 && (encoded[length] & 0xc0) == 0x80) {
      length--;
    }
    return length;
  }
}
