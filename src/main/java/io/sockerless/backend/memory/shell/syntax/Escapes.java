package io.sockerless.backend.memory.shell.syntax;

import io.sockerless.backend.memory.kernel.Text;
import java.io.ByteArrayOutputStream;

/** Backslashes and what they stand for, where a shell understands C's. */
final class Escapes {

  private static final String LETTERS = "abefnrtv\\";
  private static final byte[] VALUES = {7, 8, 27, 12, 10, 13, 9, 11, '\\'};

  private Escapes() {}

  /**
   * What an escape stands for.
   *
   * @param length of the escape in characters, its backslash included
   */
  private record Escape(String bytes, int length) {
    private static Escape of(int length, byte... bytes) {
      return new Escape(Text.decode(bytes), length);
    }
  }

  /** The text between {@code $'} and the quote that closes it. */
  static String ansi(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    int i = 0;
    while (i < text.length()) {
      int backslash = text.indexOf('\\', i);
      if (backslash < 0 || backslash + 1 >= text.length()) {
        break;
      }
      bytes.writeBytes(Text.encode(text.substring(i, backslash)));
      char c = text.charAt(backslash + 1);
      if (c == '\'' || c == '"' || c == '?') {
        bytes.write(c);
        i = backslash + 2;
      } else {
        Escape escape = at(text, backslash, 3);
        bytes.writeBytes(Text.encode(escape.bytes()));
        i = backslash + escape.length();
      }
    }
    bytes.writeBytes(Text.encode(text.substring(i)));
    String decoded = Text.decode(bytes.toByteArray());
    int end = decoded.indexOf('\0');
    return end < 0 ? decoded : decoded.substring(0, end);
  }

  /**
   * The escape at a backslash; one that is unknown stands for itself.
   *
   * @param octalDigits how many digits an octal number may have
   */
  private static Escape at(String text, int backslash, int octalDigits) {
    char c = backslash + 1 < text.length() ? text.charAt(backslash + 1) : 0;
    int letter = c == 0 ? -1 : LETTERS.indexOf(c);
    if (letter >= 0) {
      return Escape.of(2, VALUES[letter]);
    }
    if (c >= '0' && c <= '7') {
      return number(text, backslash, backslash + 1, 8, octalDigits);
    }
    if (c == 'x') {
      return number(text, backslash, backslash + 2, 16, 2);
    }
    if (c == 'u' || c == 'U') {
      return character(text, backslash, c == 'u' ? 4 : 8);
    }
    return Escape.of(1, (byte) '\\');
  }

  private static Escape number(String text, int backslash, int from, int radix, int digits) {
    int end = from;
    int value = 0;
    while (end < text.length() && end < from + digits && digit(text, end, radix) >= 0) {
      value = value * radix + digit(text, end, radix);
      end++;
    }
    return end == from ? Escape.of(1, (byte) '\\') : Escape.of(end - backslash, (byte) value);
  }

  private static Escape character(String text, int backslash, int digits) {
    int end = backslash + 2;
    int value = 0;
    while (end < text.length()
        && end < backslash + 2 + digits
        && digit(text, end, 16) >= 0
        && value < 0x110000) {
      value = value * 16 + digit(text, end, 16);
      end++;
    }
    return end == backslash + 2 || value > Character.MAX_CODE_POINT
        ? Escape.of(1, (byte) '\\')
        : new Escape(Character.toString(value), end - backslash);
  }

  private static int digit(String text, int at, int radix) {
    char c = text.charAt(at);
    return c < 128 ? Character.digit(c, radix) : -1;
  }
}
