package io.sockerless.backend.core.container;

import io.sockerless.engine.EngineException;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A point in time as Docker's clients write one: Unix seconds, a date with or without a time and a
 * zone, or a Go duration that lies back from now, such as {@code 1h30m}.
 */
final class TimeText {

  private static final Pattern SECONDS = Pattern.compile("-?\\d+(\\.\\d{1,9})?");
  private static final Pattern DURATION = Pattern.compile("(?:(\\d+(?:\\.\\d+)?)(ns|us|ms|s|m|h))");
  private static final Map<String, Long> NANOS =
      Map.of(
          "ns", 1L,
          "us", 1_000L,
          "ms", 1_000_000L,
          "s", 1_000_000_000L,
          "m", 60_000_000_000L,
          "h", 3_600_000_000_000L);

  private TimeText() {}

  /**
   * Reads one.
   *
   * @throws EngineException.InvalidParameter if it is none
   */
  static Instant parse(String text, Instant now) {
    return seconds(text)
        .or(() -> duration(text).map(now::minus))
        .or(() -> date(text))
        .orElseThrow(
            () ->
                new EngineException.InvalidParameter(
                    "failed to parse value as time or duration: \"" + text + "\""));
  }

  private static Optional<Instant> seconds(String text) {
    if (!SECONDS.matcher(text).matches()) {
      return Optional.empty();
    }
    BigDecimal value = new BigDecimal(text);
    try {
      return Optional.of(
          Instant.ofEpochSecond(
              value.longValue(),
              value.remainder(BigDecimal.ONE).movePointRight(9).longValue()));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static Optional<Duration> duration(String text) {
    Matcher part = DURATION.matcher(text);
    Duration sum = Duration.ZERO;
    int end = 0;
    while (end < text.length() && part.find(end) && part.start() == end) {
      long unit = NANOS.getOrDefault(part.group(2), 0L);
      sum = sum.plusNanos((long) (Double.parseDouble(part.group(1)) * unit));
      end = part.end();
    }
    return end > 0 && end == text.length() ? Optional.of(sum) : Optional.empty();
  }

  private static Optional<Instant> date(String text) {
    try {
      if (text.length() <= "2006-01-02".length()) {
        return Optional.of(LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC));
      }
      return Optional.of(
          text.matches(".*(Z|[+-]\\d\\d:\\d\\d)")
              ? OffsetDateTime.parse(text).toInstant()
              : LocalDateTime.parse(text).toInstant(ZoneOffset.UTC));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
