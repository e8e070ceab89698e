package io.sockerless.backend.memory.utility.text;

import io.sockerless.backend.memory.kernel.Text;
import io.sockerless.backend.memory.utility.CharacterClass;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.IntPredicate;

/**
 * One of the two strings of {@code tr}: bytes in an order, with ranges, classes, escapes and
 * repetitions written out.
 *
 * @param repeatFrom where the byte lies that {@code [x*]} lets fill up the string, -1 for none
 */
@SuppressWarnings("ArrayRecordComponent")
record ByteSet(byte[] bytes, int repeatFrom) {

  /** Reads a string as {@code tr} has it. */
  static ByteSet parse(String text) {
    return new Parser(Text.encode(text)).parse();
  }

  /** All bytes that are not among these, in order. */
  ByteSet complement() {
    boolean[] members = members();
    ByteArrayOutputStream rest = new ByteArrayOutputStream();
    for (int value = 0; value < members.length; value++) {
      if (!members[value]) {
        rest.write(value);
      }
    }
    return new ByteSet(rest.toByteArray(), -1);
  }

  /** For each byte whether it is one of these. */
  boolean[] members() {
    boolean[] members = new boolean[256];
    for (byte value : bytes) {
      members[value & 0xff] = true;
    }
    return members;
  }

  /** As long as another one: a {@code [x*]} fills the middle, else the last byte goes on. */
  byte[] filled(int length) {
    if (bytes.length >= length || (bytes.length == 0 && repeatFrom < 0)) {
      return bytes;
    }
    int from = repeatFrom < 0 ? bytes.length - 1 : repeatFrom;
    int missing = length - bytes.length;
    byte[] filled = new byte[length];
    System.arraycopy(bytes, 0, filled, 0, from + 1);
    Arrays.fill(filled, from + 1, from + 1 + missing, bytes[from]);
    System.arraycopy(bytes, from + 1, filled, from + 1 + missing, bytes.length - from - 1);
    return filled;
  }

  private static final class Parser {
    private final byte[] text;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private int position;
    private int repeatFrom = -1;

    Parser(byte[] text) {
      this.text = text;
    }

    ByteSet parse() {
      while (position < text.length) {
        if (text[position] != '[' || !bracket()) {
          range();
        }
      }
      return new ByteSet(out.toByteArray(), repeatFrom);
    }

    private boolean bracket() {
      String rest = new String(text, position, text.length - position, StandardCharsets.ISO_8859_1);
      if (rest.startsWith("[:") && rest.indexOf(":]", 2) > 0) {
        int end = rest.indexOf(":]", 2);
        Optional<IntPredicate> named = CharacterClass.named(rest.substring(2, end));
        if (named.isEmpty()) {
          return false;
        }
        for (int value = 0; value < 128; value++) {
          if (named.get().test(value)) {
            out.write(value);
          }
        }
        position += end + 2;
        return true;
      }
      if (rest.length() >= 5 && rest.startsWith("[=") && rest.startsWith("=]", 3)) {
        out.write(rest.charAt(2));
        position += 5;
        return true;
      }
      return repetition(rest);
    }

    private boolean repetition(String rest) {
      if (!rest.matches("(?s)\\[.\\*[0-9]*\\].*")) {
        return false;
      }
      int end = rest.indexOf(']', 3);
      String digits = rest.substring(3, end);
      int count = digits.isEmpty() ? 0 : Integer.parseInt(digits, digits.startsWith("0") ? 8 : 10);
      if (count == 0) {
        repeatFrom = out.size();
      }
      for (int i = 0; i < Math.max(count, 1); i++) {
        out.write(rest.charAt(1));
      }
      position += end + 1;
      return true;
    }

    private void range() {
      int first = single();
      if (position + 1 < text.length && text[position] == '-') {
        position++;
        int last = single();
        for (int value = first; value <= last; value++) {
          out.write(value);
        }
      } else {
        out.write(first);
      }
    }

    private int single() {
      int value = text[position++] & 0xff;
      if (value != '\\' || position == text.length) {
        return value;
      }
      int start = position;
      int octal = 0;
      while (position < text.length
          && position < start + 3
          && Character.digit(text[position], 8) >= 0) {
        octal = octal * 8 + text[position++] - '0';
      }
      if (position > start) {
        return octal & 0xff;
      }
      int control = "abfnrtv".indexOf(text[position]);
      int escaped = text[position++] & 0xff;
      return control < 0 ? escaped : "\7\b\f\n\r\t\013".charAt(control);
    }
  }
}
