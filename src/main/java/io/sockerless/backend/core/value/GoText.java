package io.sockerless.backend.core.value;

import io.sockerless.engine.EngineException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Texts as Go writes and reads them, which Dockerfiles and images' histories are full of. */
public final class GoText {

  private static final long MICROSECOND = 1_000;
  private static final long MILLISECOND = 1_000 * MICROSECOND;
  private static final long SECOND = 1_000 * MILLISECOND;
  private static final long MINUTE = 60 * SECOND;

  private static final Map<String, Long> UNITS =
      Map.of(
          "ns", 1L,
          "us", MICROSECOND,
          "µs", MICROSECOND,
          "μs", MICROSECOND,
          "ms", MILLISECOND,
          "s", SECOND,
          "m", MINUTE,
          "h", 60 * MINUTE);
  private static final Pattern PART =
      Pattern.compile("([0-9]+\\.?[0-9]*|\\.[0-9]+)(ns|us|µs|μs|ms|s|m|h)");

  private GoText() {}

  /** In double quotes, as {@code %q} writes a text. */
  public static String quoted(String text) {
    return "\""
        + text.codePoints().mapToObj(c -> escaped(c, '"')).collect(Collectors.joining())
        + "\"";
  }

  /** In brackets, as {@code %q} writes a list. */
  public static String quoted(List<String> texts) {
    return texts.stream().map(GoText::quoted).collect(Collectors.joining(" ", "[", "]"));
  }

  /** In brackets, as {@code %v} writes a list. */
  public static String plain(List<String> texts) {
    return "[" + String.join(" ", texts) + "]";
  }

  /** In single quotes, as {@code %q} writes a number. */
  public static String quotedCharacter(int number) {
    return "'" + escaped(number, '\'') + "'";
  }

  private static String escaped(int c, char quote) {
    return switch (c) {
      case 7 -> "\\a";
      case '\b' -> "\\b";
      case '\f' -> "\\f";
      case '\n' -> "\\n";
      case '\r' -> "\\r";
      case '\t' -> "\\t";
      case 11 -> "\\v";
      case '\\' -> "\\\\";
      default -> {
        if (c == quote) {
          yield "\\" + quote;
        }
        yield c < ' ' || c == 127 ? "\\x%02x".formatted(c) : Character.toString(c);
      }
    };
  }

  /**
   * Reads a duration such as {@code 1m30s}.
   *
   * @throws EngineException.InvalidParameter in Go's words
   */
  public static Duration duration(String text) {
    boolean negative = text.startsWith("-");
    String amount = negative || text.startsWith("+") ? text.substring(1) : text;
    if (amount.equals("0")) {
      return Duration.ZERO;
    }
    Matcher matcher = PART.matcher(amount);
    int position = 0;
    BigDecimal nanos = BigDecimal.ZERO;
    while (position < amount.length() && matcher.find(position) && matcher.start() == position) {
      long unit = UNITS.getOrDefault(matcher.group(2), 0L);
      nanos = nanos.add(new BigDecimal(matcher.group(1)).multiply(BigDecimal.valueOf(unit)));
      position = matcher.end();
    }
    boolean whole = position == amount.length() && position > 0;
    if (!whole || nanos.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0) {
      throw new EngineException.InvalidParameter(
          amount.matches("[0-9]+\\.?[0-9]*")
              ? "time: missing unit in duration " + quoted(text)
              : "time: invalid duration " + quoted(text));
    }
    Duration duration = Duration.ofNanos(nanos.setScale(0, RoundingMode.DOWN).longValue());
    return negative ? duration.negated() : duration;
  }

  /** Writes a duration, such as {@code 1m30s}. */
  public static String text(Duration duration) {
    long nanos = duration.toNanos();
    if (nanos == 0) {
      return "0s";
    }
    if (nanos < SECOND) {
      String unit = nanos < MICROSECOND ? "ns" : nanos < MILLISECOND ? "µs" : "ms";
      return decimal(BigDecimal.valueOf(nanos), UNITS.getOrDefault(unit, 1L)) + unit;
    }
    long minutes = duration.toMinutes();
    String seconds = decimal(BigDecimal.valueOf(nanos - minutes * MINUTE), SECOND) + "s";
    if (minutes == 0) {
      return seconds;
    }
    return (minutes >= 60 ? minutes / 60 + "h" : "") + minutes % 60 + "m" + seconds;
  }

  private static String decimal(BigDecimal nanos, long unit) {
    return nanos.divide(BigDecimal.valueOf(unit)).stripTrailingZeros().toPlainString();
  }
}
