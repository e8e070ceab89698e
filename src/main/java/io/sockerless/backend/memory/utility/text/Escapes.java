package io.sockerless.backend.memory.utility.text;

import java.io.ByteArrayOutputStream;

/**
 * Bytes in which backslash escapes stand for others.
 *
 * @param bytes with all escapes replaced
 * @param stop whether {@code \c} was among them, which ends all output
 */
@SuppressWarnings("ArrayRecordComponent")
record Escapes(byte[] bytes, boolean stop) {

  /** How a byte is written in octal digits. */
  enum Octal {
    /** {@code \0}, and up to three digits after it, as {@code echo -e} and {@code %b} have it. */
    LEADING_ZERO,
    /** Up to three digits, as the format of {@code printf} has it. */
    PLAIN
  }

  /** Replaces the escapes. */
  static Escapes of(byte[] text, Octal octal) {
    Reader reader = new Reader(text, octal);
    boolean stop = reader.read();
    return new Escapes(reader.out.toByteArray(), stop);
  }

  private static final class Reader {
    private final byte[] text;
    private final Octal octal;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private int position;

    Reader(byte[] text, Octal octal) {
      this.text = text;
      this.octal = octal;
    }

    boolean read() {
      while (position < text.length) {
        byte value = text[position++];
        if (value != '\\' || position == text.length) {
          out.write(value);
        } else if (text[position] == 'c') {
          return true;
        } else {
          escape(text[position]);
        }
      }
      return false;
    }

    private void escape(byte letter) {
      if (letter >= '0' && letter <= '7') {
        boolean skipZero = letter == '0' && octal == Octal.LEADING_ZERO;
        position += skipZero ? 1 : 0;
        out.write(number(8, 3));
        return;
      }
      position++;
      if (letter == 'x' && position < text.length && Character.digit(text[position], 16) >= 0) {
        out.write(number(16, 2));
        return;
      }
      int control = "abtnvfre\\".indexOf(letter);
      if (control < 0) {
        out.write('\\');
        out.write(letter);
      } else {
        out.write("\7\b\t\n\013\f\r\033\\".charAt(control));
      }
    }

    private int number(int radix, int most) {
      int value = 0;
      for (int i = 0; i < most && position < text.length; i++) {
        int digit = Character.digit(text[position], radix);
        if (digit < 0) {
          break;
        }
        value = value * radix + digit;
        position++;
      }
      return value;
    }
  }
}
