package io.sockerless.backend.memory.utility.calculate;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;

/** Writes and reads numbers in any base, as {@code bc} and {@code dc} do. */
final class Digits {

  private static final int DECIMAL = 10;
  private static final int MAX_LETTER_BASE = 16;

  private Digits() {}

  /** The value of a digit, a capital letter among them; -1 if it is none. */
  static int value(int c) {
    if (c >= '0' && c <= '9') {
      return c - '0';
    }
    return c >= 'A' && c <= 'Z' ? c - 'A' + DECIMAL : -1;
  }

  /** Reads digits with at most one point; one digit alone is what it is in any base. */
  static BigDecimal parse(String text, int base) {
    int point = text.indexOf('.');
    String whole = point < 0 ? text : text.substring(0, point);
    String fraction = point < 0 ? "" : text.substring(point + 1);
    if (text.length() == 1 && point < 0) {
      return BigDecimal.valueOf(value(text.charAt(0)));
    }
    BigDecimal integer = new BigDecimal(integer(whole, base));
    if (fraction.isEmpty()) {
      return integer;
    }
    BigDecimal divisor = new BigDecimal(BigInteger.valueOf(base).pow(fraction.length()));
    return integer.add(
        new BigDecimal(integer(fraction, base))
            .divide(divisor, fraction.length(), RoundingMode.DOWN));
  }

  /** Digits that the base does not have count as its largest. */
  private static BigInteger integer(String digits, int base) {
    if (digits.isEmpty()) {
      return BigInteger.ZERO;
    }
    StringBuilder clamped = new StringBuilder();
    for (int i = 0; i < digits.length(); i++) {
      int value = Math.min(value(digits.charAt(i)), base - 1);
      clamped.append(Character.forDigit(value, base));
    }
    return new BigInteger(clamped.toString(), base);
  }

  /** Writes a number without a zero before its point. */
  static String format(BigDecimal value, int base) {
    if (value.signum() == 0) {
      return "0";
    }
    String sign = value.signum() < 0 ? "-" : "";
    BigDecimal absolute = value.abs();
    if (base == DECIMAL) {
      String text = absolute.toPlainString();
      return sign + (text.startsWith("0.") ? text.substring(1) : text);
    }
    BigInteger whole = absolute.toBigInteger();
    StringBuilder text = new StringBuilder(sign);
    if (whole.signum() > 0) {
      text.append(integer(whole, base));
    }
    if (absolute.scale() > 0) {
      text.append('.');
      appendFraction(absolute.subtract(new BigDecimal(whole)), base, text);
    }
    return text.toString();
  }

  private static String integer(BigInteger whole, int base) {
    if (base <= MAX_LETTER_BASE) {
      return whole.toString(base).toUpperCase(Locale.ROOT);
    }
    Deque<String> digits = new ArrayDeque<>();
    BigInteger divisor = BigInteger.valueOf(base);
    for (BigInteger rest = whole; rest.signum() > 0; ) {
      BigInteger[] parts = rest.divideAndRemainder(divisor);
      digits.push(" " + digit(parts[1].intValue(), base));
      rest = parts[0];
    }
    return String.join("", digits);
  }

  /** As many digits as are needed to tell all decimal ones apart. */
  private static void appendFraction(BigDecimal fraction, int base, StringBuilder text) {
    BigDecimal factor = BigDecimal.valueOf(base);
    BigDecimal rest = fraction;
    BigInteger reached = BigInteger.ONE;
    BigInteger goal = BigInteger.TEN.pow(fraction.scale());
    boolean first = true;
    while (reached.compareTo(goal) < 0) {
      rest = rest.multiply(factor);
      BigInteger digit = rest.toBigInteger();
      rest = rest.subtract(new BigDecimal(digit));
      boolean spaced = base > MAX_LETTER_BASE && !first;
      text.append(spaced ? " " : "").append(digit(digit.intValue(), base));
      first = false;
      reached = reached.multiply(BigInteger.valueOf(base));
    }
  }

  /** One digit; in a large base it is written in decimal ones, as many as the largest has. */
  private static String digit(int value, int base) {
    if (base <= MAX_LETTER_BASE) {
      return String.valueOf(Character.toUpperCase(Character.forDigit(value, MAX_LETTER_BASE)));
    }
    String text = Integer.toString(value);
    return "0".repeat(Integer.toString(base - 1).length() - text.length()) + text;
  }
}
