package io.sockerless.backend.memory.utility.awk;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/**
 * A value of {@code awk}: a number, text, or text from outside that counts as a number if it looks
 * like one.
 *
 * @param isNumber whether it compares as a number
 */
record Value(Optional<String> text, double number, boolean isNumber) {

  /** What a variable is before anything is assigned to it: both 0 and the empty text. */
  static final Value UNSET = new Value(Optional.of(""), 0, true);

  static final Value ZERO = of(0);
  static final Value ONE = of(1);

  private static final BigDecimal MOST_EXACT = BigDecimal.valueOf(Long.MAX_VALUE);

  static Value of(double number) {
    return new Value(Optional.empty(), number, true);
  }

  static Value of(boolean truth) {
    return truth ? ONE : ZERO;
  }

  static Value of(String text) {
    return new Value(Optional.of(text), Double.NaN, false);
  }

  /** Text from a file, a field, or the command line. */
  static Value input(String text) {
    int end = NumberPrefix.end(text);
    boolean numeric = end > 0 && text.substring(end).isBlank();
    return numeric
        ? new Value(Optional.of(text), NumberPrefix.parse(text), true)
        : new Value(Optional.of(text), Double.NaN, false);
  }

  double toNumber() {
    return isNumber ? number : NumberPrefix.parse(text.orElse(""));
  }

  /** As text, by {@code CONVFMT} or {@code OFMT} if it is a number with a fraction. */
  String toText(String format) {
    if (text.isPresent()) {
      return text.get();
    }
    if (number == Math.rint(number) && Math.abs(number) < MOST_EXACT.doubleValue()) {
      return Long.toString((long) number);
    }
    return Format.format(format, List.of(this), format);
  }

  boolean isTrue() {
    return isNumber ? number != 0 : !text.orElse("").isEmpty();
  }

  /** Whether nothing was assigned yet: the one value that is a number without digits. */
  boolean isUnset() {
    return isNumber && number == 0 && text.filter(String::isEmpty).isPresent();
  }
}
