package io.sockerless.backend.memory.utility.text;

import java.util.List;
import java.util.Locale;

/**
 * How a dump writes one unit of bytes.
 *
 * @param letter {@code o d u x} for numbers, {@code c a} for characters, {@code f} for floating
 *     point
 * @param size of a unit in bytes: 1, 2, 4 or 8
 * @param width of what is written, filled up with blanks in front
 */
record DumpFormat(char letter, int size, int width) {

  private static final List<String> NAMES =
      List.of(
          "nul", "soh", "stx", "etx", "eot", "enq", "ack", "bel", "bs", "ht", "nl", "vt", "ff",
          "cr", "so", "si", "dle", "dc1", "dc2", "dc3", "dc4", "nak", "syn", "etb", "can", "em",
          "sub", "esc", "fs", "gs", "rs", "us", "sp");

  /** One unit of a block, which lies there from the least significant byte on. */
  String text(byte[] block, int offset) {
    long value = 0;
    for (int i = size - 1; i >= 0; i--) {
      value = value << 8 | (block[offset + i] & 0xff);
    }
    String digits =
        switch (letter) {
          case 'x' -> zeros(Long.toHexString(value), size * 2);
          case 'o' -> zeros(Long.toOctalString(value), (size * 8 + 2) / 3);
          case 'd' -> Long.toString(value << (64 - size * 8) >> (64 - size * 8));
          case 'D' -> zeros(Long.toString(value), 5);
          case 'u' -> Long.toUnsignedString(value);
          case 'f' -> floating(value);
          case 'a' -> name((int) value);
          default -> character((int) value);
        };
    return " ".repeat(Math.max(0, width - digits.length())) + digits;
  }

  private static String zeros(String digits, int length) {
    return "0".repeat(Math.max(0, length - digits.length())) + digits;
  }

  private String floating(long value) {
    boolean single = size == 4;
    double number = single ? Float.intBitsToFloat((int) value) : Double.longBitsToDouble(value);
    return new FieldFormat("", 0, single ? 7 : 16).floating('e', number);
  }

  private static String name(int value) {
    int ascii = value & 0x7f;
    if (ascii == 0x7f) {
      return "del";
    }
    return ascii < NAMES.size() ? NAMES.get(ascii) : Character.toString(ascii);
  }

  private static String character(int value) {
    int control = "\0\7\b\t\n\013\f\r".indexOf(value);
    if (control >= 0) {
      return "\\" + "0abtnvfr".charAt(control);
    }
    return value >= ' ' && value < 0x7f
        ? Character.toString(value)
        : String.format(Locale.ROOT, "%03o", value);
  }
}
