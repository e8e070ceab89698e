package io.sockerless.backend.memory.utility.calculate;

import io.sockerless.backend.memory.utility.Failure;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/**
 * Arithmetic as {@code bc} and {@code dc} define it: numbers of any length that carry how many
 * digits stand behind their point, and results that are cut off and never rounded.
 *
 * @see <a href="https://pubs.opengroup.org/onlinepubs/9799919799/utilities/bc.html">bc</a>
 */
final class FixedPoint {

  /** More digits than this are refused: one multiplication would keep a task for too long. */
  static final int MAX_DIGITS = 1_000_000;

  private static final double BITS_A_DIGIT = 3.3219;

  private FixedPoint() {}

  static BigDecimal of(boolean value) {
    return value ? BigDecimal.ONE : BigDecimal.ZERO;
  }

  static BigDecimal multiply(BigDecimal a, BigDecimal b, int scale) throws Failure {
    requireDigits(digits(a) + digits(b));
    int most = Math.max(scale, Math.max(a.scale(), b.scale()));
    return cut(a.multiply(b), Math.min(a.scale() + b.scale(), most));
  }

  static BigDecimal divide(BigDecimal a, BigDecimal b, int scale) throws Failure {
    if (b.signum() == 0) {
      throw new Failure("divide by zero");
    }
    requireDigits(digits(a) + scale);
    return a.divide(b, scale, RoundingMode.DOWN);
  }

  static BigDecimal remainder(BigDecimal a, BigDecimal b, int scale) throws Failure {
    BigDecimal rest = a.subtract(divide(a, b, scale).multiply(b));
    int most = Math.max(scale + b.scale(), a.scale());
    return rest.setScale(Math.max(most, rest.scale()), RoundingMode.UNNECESSARY);
  }

  static BigDecimal power(BigDecimal base, BigDecimal exponent, int scale) throws Failure {
    if (exponent.scale() > 0) {
      throw new Failure("not an integer");
    }
    BigInteger whole = exponent.toBigInteger();
    if (whole.bitLength() >= Integer.SIZE) {
      throw tooLarge();
    }
    int times = Math.abs(whole.intValue());
    requireDigits((digits(base) + 1) * times);
    BigDecimal power = base.pow(times);
    if (whole.signum() < 0) {
      return divide(BigDecimal.ONE, power, scale);
    }
    long digits = Math.min((long) base.scale() * times, Math.max(scale, base.scale()));
    return cut(power, (int) digits);
  }

  static BigDecimal root(BigDecimal value, int scale) throws Failure {
    if (value.signum() < 0) {
      throw new Failure("negative number");
    }
    int digits = Math.max(scale, value.scale());
    requireDigits(digits(value) + 2L * digits);
    BigInteger scaled = value.movePointRight(2 * digits).toBigInteger();
    return new BigDecimal(scaled.sqrt(), digits);
  }

  /** All digits that are no leading zeros. */
  static int length(BigDecimal value) {
    return value.precision();
  }

  /** Takes digits off the end; there may be fewer before. */
  static BigDecimal cut(BigDecimal value, int scale) {
    return value.scale() > scale ? value.setScale(scale, RoundingMode.DOWN) : value;
  }

  /** The number of a count, a base or a scale. */
  static int small(BigDecimal value) throws Failure {
    if (value.signum() < 0) {
      throw new Failure("negative number");
    }
    BigInteger whole = value.toBigInteger();
    if (whole.bitLength() >= Integer.SIZE) {
      throw tooLarge();
    }
    return whole.intValue();
  }

  static void requireDigits(long count) throws Failure {
    if (count > MAX_DIGITS) {
      throw tooLarge();
    }
  }

  private static Failure tooLarge() {
    return new Failure("number too long: more than " + MAX_DIGITS + " digits");
  }

  /** How many digits there are at most, without counting them one by one. */
  private static long digits(BigDecimal value) {
    return (long) (value.unscaledValue().bitLength() / BITS_A_DIGIT) + 1;
  }
}
