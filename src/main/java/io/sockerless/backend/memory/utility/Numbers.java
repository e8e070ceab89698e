package io.sockerless.backend.memory.utility;

/** Numbers as utilities take them on the command line. */
public final class Numbers {

  private Numbers() {}

  /**
   * A whole number with a unit behind it: {@code b} is 512, {@code k} or {@code K} 1024, {@code M},
   * {@code G} and {@code T} powers of that, {@code kB} and {@code MB} powers of 1000.
   *
   * @throws Failure with exit code 1
   */
  public static long size(String text) throws Failure {
    int digits = 0;
    while (digits < text.length() && isDigitOrSign(text, digits)) {
      digits++;
    }
    try {
      long number = Long.parseLong(text.substring(0, digits));
      return Math.multiplyExact(number, unit(text.substring(digits)));
    } catch (NumberFormatException e) {
      throw invalid(text);
    } catch (ArithmeticException e) {
      throw new Failure("number " + text + " is not in 0..9223372036854775807 range");
    }
  }

  private static boolean isDigitOrSign(String text, int index) {
    char c = text.charAt(index);
    return (c >= '0' && c <= '9') || (index == 0 && (c == '-' || c == '+'));
  }

  private static long unit(String unit) {
    return switch (unit) {
      case "" -> 1;
      case "b" -> 512;
      case "kB" -> 1000;
      case "k", "K", "KiB" -> 1L << 10;
      case "MB" -> 1_000_000;
      case "m", "M", "MiB" -> 1L << 20;
      case "GB" -> 1_000_000_000;
      case "g", "G", "GiB" -> 1L << 30;
      case "T", "TiB" -> 1L << 40;
      default -> throw new NumberFormatException(unit);
    };
  }

  /**
   * A whole number from a range.
   *
   * @throws Failure with exit code 1
   */
  public static int integer(String text, int least, int most) throws Failure {
    long number = size(text);
    if (number < least || number > most) {
      throw new Failure("number " + text + " is not in " + least + ".." + most + " range");
    }
    return (int) number;
  }

  private static Failure invalid(String text) {
    return new Failure("invalid number '" + text + "'");
  }
}
