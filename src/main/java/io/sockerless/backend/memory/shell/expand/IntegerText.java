package io.sockerless.backend.memory.shell.expand;

import java.util.OptionalLong;

/** Integers as C writes them, and with a base before a number sign; they wrap at 64 bits. */
final class IntegerText {

  private static final String DIGITS =
      "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ@_";

  private IntegerText() {}

  static OptionalLong parse(String text) {
    int sign = text.indexOf('#');
    if (sign > 0) {
      OptionalLong base = digits(text.substring(0, sign), 10);
      return base.isPresent() && base.getAsLong() >= 2 && base.getAsLong() <= 64
          ? digits(text.substring(sign + 1), (int) base.getAsLong())
          : OptionalLong.empty();
    }
    if (text.startsWith("0x") || text.startsWith("0X")) {
      return digits(text.substring(2), 16);
    }
    return text.startsWith("0") && text.length() > 1
        ? digits(text.substring(1), 8)
        : digits(text, 10);
  }

  private static OptionalLong digits(String text, int base) {
    long value = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      int digit = DIGITS.indexOf(base <= 36 ? Character.toLowerCase(c) : c);
      if (digit < 0 || digit >= base) {
        return OptionalLong.empty();
      }
      value = value * base + digit;
    }
    return text.isEmpty() ? OptionalLong.empty() : OptionalLong.of(value);
  }
}
