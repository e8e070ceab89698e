package io.sockerless.backend.memory.utility.calculate;

import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.utility.Failure;
import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * The functions of {@code bc -l}: each result is exact up to its last digit and cut off there.
 * Series are summed with some more digits than are asked for.
 */
final class MathLibrary {

  private static final BigDecimal TWO = BigDecimal.TWO;
  private static final int GUARD = 12;
  private static final int MAX_EXPONENT = 1_000_000;

  private final Task task;
  private final int scale;

  /** Answers with so many digits behind the point. */
  MathLibrary(Task task, int scale) {
    this.task = task;
    this.scale = scale;
  }

  private BigDecimal answer(BigDecimal value) {
    return value.setScale(scale, RoundingMode.DOWN);
  }

  private static BigDecimal divide(BigDecimal a, BigDecimal b, int digits) {
    return a.divide(b, digits, RoundingMode.HALF_EVEN);
  }

  private static BigDecimal round(BigDecimal value, int digits) {
    return value.setScale(digits, RoundingMode.HALF_EVEN);
  }

  /** e to a power. */
  BigDecimal exponential(BigDecimal x) throws Failure {
    if (x.abs().compareTo(BigDecimal.valueOf(MAX_EXPONENT)) > 0) {
      throw new Failure("number too long: more than " + FixedPoint.MAX_DIGITS + " digits");
    }
    int halvings = x.toBigInteger().bitLength() + 1;
    int digits = scale + x.abs().intValue() / 2 + halvings + GUARD;
    BigDecimal small = divide(x, TWO.pow(halvings), digits);
    BigDecimal sum = BigDecimal.ONE;
    BigDecimal term = BigDecimal.ONE;
    for (int i = 1; term.signum() != 0; i++) {
      task.checkpoint();
      term = divide(term.multiply(small), BigDecimal.valueOf(i), digits);
      sum = sum.add(term);
    }
    for (int i = 0; i < halvings; i++) {
      task.checkpoint();
      sum = round(sum.multiply(sum), digits);
    }
    return answer(sum);
  }

  /** The natural logarithm; the number with most digits for what has none. */
  BigDecimal logarithm(BigDecimal x) throws Failure {
    if (x.signum() <= 0) {
      return answer(BigDecimal.ONE.subtract(BigDecimal.TEN.pow(scale)));
    }
    int digits = scale + x.precision() + x.scale() + GUARD;
    BigDecimal near = x;
    BigDecimal factor = TWO;
    while (near.subtract(BigDecimal.ONE).abs().compareTo(new BigDecimal("0.1")) > 0) {
      task.checkpoint();
      near = FixedPoint.root(near, digits);
      factor = factor.multiply(TWO);
    }
    BigDecimal ratio = divide(near.subtract(BigDecimal.ONE), near.add(BigDecimal.ONE), digits);
    return answer(factor.multiply(oddSeries(ratio, digits, 1)));
  }

  /** x + sign·x³/3 + x⁵/5 + sign·x⁷/7 …, for a small x. */
  private BigDecimal oddSeries(BigDecimal x, int digits, int sign) {
    BigDecimal square = x.multiply(x).multiply(BigDecimal.valueOf(sign));
    BigDecimal power = x;
    BigDecimal sum = BigDecimal.ZERO;
    for (int i = 1; power.signum() != 0; i += 2) {
      task.checkpoint();
      sum = sum.add(divide(power, BigDecimal.valueOf(i), digits));
      power = round(power.multiply(square), digits);
    }
    return sum;
  }

  /** The angle, in radians, of a tangent. */
  BigDecimal arctangent(BigDecimal x) throws Failure {
    return answer(angle(x, scale + GUARD));
  }

  private BigDecimal angle(BigDecimal x, int digits) throws Failure {
    BigDecimal small = round(x, digits + x.precision());
    BigDecimal factor = BigDecimal.ONE;
    while (small.abs().compareTo(new BigDecimal("0.1")) > 0) {
      task.checkpoint();
      BigDecimal root = FixedPoint.root(BigDecimal.ONE.add(small.multiply(small)), digits);
      small = divide(small, BigDecimal.ONE.add(root), digits);
      factor = factor.multiply(TWO);
    }
    return factor.multiply(oddSeries(small, digits, -1));
  }

  /** The sine of an angle in radians. */
  BigDecimal sine(BigDecimal x) throws Failure {
    int digits = scale + GUARD;
    BigDecimal reduced = reduce(x, digits);
    return answer(alternating(reduced, reduced, 1, digits));
  }

  /** The cosine of an angle in radians. */
  BigDecimal cosine(BigDecimal x) throws Failure {
    int digits = scale + GUARD;
    return answer(alternating(reduce(x, digits), BigDecimal.ONE, 0, digits));
  }

  private BigDecimal reduce(BigDecimal x, int digits) throws Failure {
    int more = digits + x.precision();
    BigDecimal circle = BigDecimal.valueOf(8).multiply(angle(BigDecimal.ONE, more));
    return round(x.remainder(circle), digits);
  }

  /** The terms of sine and cosine: each is the one before by -x² and its two next numbers. */
  private BigDecimal alternating(BigDecimal x, BigDecimal first, int start, int digits) {
    BigDecimal square = x.multiply(x).negate();
    BigDecimal term = first;
    BigDecimal sum = BigDecimal.ZERO;
    for (long i = start; term.signum() != 0; i += 2) {
      task.checkpoint();
      sum = sum.add(term);
      term = divide(term.multiply(square), BigDecimal.valueOf((i + 1) * (i + 2)), digits);
    }
    return sum;
  }

  /** The Bessel function of an order. */
  BigDecimal bessel(BigDecimal order, BigDecimal x) throws Failure {
    int whole = Math.abs(order.intValue());
    if (x.abs().compareTo(BigDecimal.valueOf(MAX_EXPONENT)) > 0 || whole > MAX_EXPONENT) {
      throw new Failure("number too long: more than " + FixedPoint.MAX_DIGITS + " digits");
    }
    int digits = scale + x.abs().intValue() + GUARD;
    BigDecimal half = divide(x, TWO, digits + x.scale());
    BigDecimal term = BigDecimal.ONE;
    for (int i = 1; i <= whole && term.signum() != 0; i++) {
      task.checkpoint();
      term = divide(term.multiply(half), BigDecimal.valueOf(i), digits);
    }
    BigDecimal square = half.multiply(half).negate();
    BigDecimal sum = BigDecimal.ZERO;
    for (long i = 1; term.signum() != 0; i++) {
      task.checkpoint();
      sum = sum.add(term);
      term = divide(term.multiply(square), BigDecimal.valueOf(i * (i + whole)), digits);
    }
    boolean negated = order.signum() < 0 && whole % 2 == 1;
    return answer(negated ? sum.negate() : sum);
  }
}
