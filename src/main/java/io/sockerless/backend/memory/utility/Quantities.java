package io.sockerless.backend.memory.utility;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;

/** Times, identities and sizes as utilities read them, and print them for people. */
public final class Quantities {

  private static final String UNITS = "KMGTPE";
  private static final long MAX_SECONDS = Long.MAX_VALUE / 1_000_000_000L - 1;

  private Quantities() {}

  /** A user's or group's number, 0 to 2^31 - 1. */
  public static Optional<Integer> id(String text) {
    return parse(text, 10).filter(number -> number <= Integer.MAX_VALUE).map(Long::intValue);
  }

  /** A number of digits alone. */
  public static Optional<Long> parse(String text, int radix) {
    if (text.isEmpty() || text.length() > 22) {
      return Optional.empty();
    }
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) > 'z' || Character.digit(text.charAt(i), radix) < 0) {
        return Optional.empty();
      }
    }
    try {
      return Optional.of(Long.parseLong(text, radix));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** A number of digits alone, of an option's argument. */
  public static long natural(String text) throws Failure {
    return parse(text, 10).orElseThrow(() -> invalid(text));
  }

  /** A number of digits alone that fits an int. */
  public static int small(String text) throws Failure {
    long number = natural(text);
    if (number > Integer.MAX_VALUE) {
      throw invalid(text);
    }
    return (int) number;
  }

  /** The failure that a text is no number, in BusyBox' words. */
  public static Failure invalid(String text) {
    return new Failure("invalid number '" + text + "'");
  }

  /** A time in seconds with a fraction and a unit of {@code s m h d}, or {@code infinity}. */
  public static Duration duration(String text) throws Failure {
    if (text.equalsIgnoreCase("inf") || text.equalsIgnoreCase("infinity")) {
      return Duration.ofSeconds(MAX_SECONDS);
    }
    int last = text.isEmpty() ? -1 : "smhd".indexOf(text.charAt(text.length() - 1));
    String number = last < 0 ? text : text.substring(0, text.length() - 1);
    if (number.isEmpty() || !number.matches("[0-9]{0,18}(\\.[0-9]{0,18})?") || number.equals(".")) {
      throw invalid(text);
    }
    BigDecimal unit =
        BigDecimal.valueOf(
            switch (last) {
              case 1 -> 60;
              case 2 -> 3_600;
              case 3 -> 86_400;
              default -> 1;
            });
    BigDecimal seconds = new BigDecimal("0" + number + (number.endsWith(".") ? "0" : ""));
    BigDecimal limit = BigDecimal.valueOf(MAX_SECONDS);
    BigDecimal nanos = seconds.multiply(unit).min(limit).movePointRight(9);
    return Duration.ofNanos(nanos.longValue());
  }

  /**
   * A size in human terms, as {@code ls -h} and {@code du -h} print it: at most three digits and a
   * unit, one digit behind the point.
   */
  public static String human(long bytes) {
    if (bytes < 1_024) {
      return Long.toString(bytes);
    }
    int power = 0;
    long whole = bytes;
    long rest = 0;
    while (whole >= 1_024 && power < UNITS.length()) {
      rest = ((whole % 1_024) * 10 + 512) / 1_024;
      whole /= 1_024;
      power++;
    }
    if (rest >= 10) {
      whole++;
      rest = 0;
    }
    return whole + "." + rest + UNITS.charAt(power - 1);
  }
}
