package io.sockerless.policy.rule;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A resource whose use a container may be made to bound. */
public enum Limit {
  /** Bytes; rules write {@code 512m} or {@code 2g}. */
  MEMORY,
  /** Billionths of a processor; rules write processors, as {@code 1.5}. */
  CPUS,
  /** Processes and threads. */
  PIDS;

  private static final Map<Character, Long> UNITS =
      Map.of('k', 1L << 10, 'm', 1L << 20, 'g', 1L << 30);
  private static final BigDecimal NANO = BigDecimal.valueOf(1_000_000_000);

  /** As rules spell it. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<Limit> of(String key) {
    return Arrays.stream(values()).filter(limit -> limit.key().equals(key)).findFirst();
  }

  /**
   * The most that a rule allows; {@code any} if there must be some limit.
   *
   * @throws IllegalArgumentException if that is no amount
   */
  long parse(String text) {
    String amount = text.strip().toLowerCase(Locale.ROOT);
    if (amount.equals("any")) {
      return Long.MAX_VALUE;
    }
    long unit = 1;
    if (this == MEMORY && !amount.isEmpty()) {
      Optional<Long> named = Optional.ofNullable(UNITS.get(amount.charAt(amount.length() - 1)));
      unit = named.orElse(1L);
      amount = named.isPresent() ? amount.substring(0, amount.length() - 1) : amount;
    }
    try {
      BigDecimal number = new BigDecimal(amount).multiply(BigDecimal.valueOf(unit));
      long most = (this == CPUS ? number.multiply(NANO) : number).longValueExact();
      if (most > 0) {
        return most;
      }
    } catch (ArithmeticException | NumberFormatException e) {
      throw new IllegalArgumentException(key() + ": " + text + " is no amount", e);
    }
    throw new IllegalArgumentException(key() + ": " + text + " is no amount");
  }
}
