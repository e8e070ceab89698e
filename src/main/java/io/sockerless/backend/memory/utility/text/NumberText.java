package io.sockerless.backend.memory.utility.text;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * A number as {@code printf(1)} reads one from an argument.
 *
 * @param complete whether all of the text belongs to it
 */
record NumberText(BigDecimal value, boolean complete) {

  /** Decimal, octal after 0, hexadecimal after 0x, or a character's code after a quote. */
  static NumberText integer(String text) {
    if (text.startsWith("'") || text.startsWith("\"")) {
      int code = text.length() > 1 ? text.codePointAt(1) : 0;
      return new NumberText(BigDecimal.valueOf(code), true);
    }
    String trimmed = text.strip();
    boolean negative = trimmed.startsWith("-");
    int start = negative || trimmed.startsWith("+") ? 1 : 0;
    int radix = 10;
    if (trimmed.startsWith("0x", start) || trimmed.startsWith("0X", start)) {
      radix = 16;
      start += 2;
    } else if (trimmed.startsWith("0", start)) {
      radix = 8;
    }
    int end = start;
    while (end < trimmed.length() && Character.digit(trimmed.charAt(end), radix) >= 0) {
      end++;
    }
    BigInteger value =
        end == start ? BigInteger.ZERO : new BigInteger(trimmed.substring(start, end), radix);
    boolean complete = end == trimmed.length() && (end > start || text.isEmpty());
    return new NumberText(new BigDecimal(negative ? value.negate() : value), complete);
  }

  /** A floating-point number, or what {@link #integer} reads; empty if it is none. */
  static OptionalDouble floating(String text) {
    String trimmed = text.strip();
    if (trimmed.isEmpty() || trimmed.startsWith("'") || trimmed.startsWith("\"")) {
      return OptionalDouble.of(integer(trimmed).value().doubleValue());
    }
    String lower = trimmed.toLowerCase(Locale.ROOT);
    String unsigned = lower.startsWith("-") || lower.startsWith("+") ? lower.substring(1) : lower;
    double sign = lower.startsWith("-") ? -1 : 1;
    switch (unsigned) {
      case "inf", "infinity" -> {
        return OptionalDouble.of(sign * Double.POSITIVE_INFINITY);
      }
      case "nan" -> {
        return OptionalDouble.of(Double.NaN);
      }
      default -> {}
    }
    if (unsigned.startsWith("0x")) {
      NumberText hexadecimal = integer(trimmed);
      return hexadecimal.complete()
          ? OptionalDouble.of(hexadecimal.value().doubleValue())
          : OptionalDouble.empty();
    }
    if (!unsigned.matches("([0-9]+\\.?[0-9]*|\\.[0-9]+)(e[+-]?[0-9]+)?")) {
      return OptionalDouble.empty();
    }
    return OptionalDouble.of(sign * Double.parseDouble(unsigned));
  }
}
