package io.sockerless.backend.memory.kernel;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The sandbox's text: bytes are taken as UTF-8, and a byte that is none becomes one of the lone
 * surrogates U+DC80 to U+DCFF, so that every sequence of bytes comes back as it was.
 */
public final class Text {

  private static final int ESCAPE = 0xdc00;

  private Text() {}

  /** Bytes as text. */
  public static String decode(byte[] bytes) {
    return decode(bytes, 0, bytes.length);
  }

  /** A part of bytes as text. */
  public static String decode(byte[] bytes, int offset, int length) {
    int end = offset + length;
    int plain = offset;
    while (plain < end && bytes[plain] >= 0) {
      plain++;
    }
    if (plain == end) {
      return new String(bytes, offset, length, StandardCharsets.ISO_8859_1);
    }
    StringBuilder text = new StringBuilder(length);
    int position = offset;
    while (position < end) {
      int size = sequence(bytes, position, end);
      if (size == 0) {
        text.append((char) (ESCAPE + (bytes[position++] & 0xff)));
      } else {
        text.appendCodePoint(codePoint(bytes, position, size));
        position += size;
      }
    }
    return text.toString();
  }

  /**
   * How many bytes the character at a position has.
   *
   * @return 1 to 4; 0 if there is no valid UTF-8
   */
  public static int sequence(byte[] bytes, int position, int end) {
    int first = bytes[position] & 0xff;
    if (first < 0x80) {
      return 1;
    }
    int size = first < 0xc2 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf5 ? 4 : 0;
    if (size == 0 || position + size > end) {
      return 0;
    }
    for (int i = 1; i < size; i++) {
      if ((bytes[position + i] & 0xc0) != 0x80) {
        return 0;
      }
    }
    int codePoint = codePoint(bytes, position, size);
    boolean overlong = (size == 3 && codePoint < 0x800) || (size == 4 && codePoint < 0x10000);
    boolean surrogate = codePoint >= 0xd800 && codePoint <= 0xdfff;
    return overlong || surrogate || codePoint > 0x10ffff ? 0 : size;
  }

  private static int codePoint(byte[] bytes, int position, int size) {
    int first = bytes[position] & 0xff;
    if (size == 1) {
      return first;
    }
    int value = first & 0xff >> (size + 1);
    for (int i = 1; i < size; i++) {
      value = value << 6 | (bytes[position + i] & 0x3f);
    }
    return value;
  }

  /** Text as bytes, exactly those that it was decoded from. */
  public static byte[] encode(String text) {
    int length = text.length();
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      boolean low = Character.isLowSurrogate(c);
      if (low && (i == 0 || !Character.isHighSurrogate(text.charAt(i - 1)))) {
        return encodeEscaped(text);
      }
    }
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] encodeEscaped(String text) {
    byte[] bytes = new byte[Math.multiplyExact(text.length(), 3)];
    int count = 0;
    int i = 0;
    while (i < text.length()) {
      int codePoint = text.codePointAt(i);
      i += Character.charCount(codePoint);
      if (codePoint >= ESCAPE + 0x80 && codePoint <= ESCAPE + 0xff) {
        bytes[count++] = (byte) (codePoint - ESCAPE);
      } else {
        byte[] encoded = Character.toString(codePoint).getBytes(StandardCharsets.UTF_8);
        System.arraycopy(encoded, 0, bytes, count, encoded.length);
        count += encoded.length;
      }
    }
    return Arrays.copyOf(bytes, count);
  }
}
