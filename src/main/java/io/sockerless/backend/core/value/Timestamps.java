package io.sockerless.backend.core.value;

import io.sockerless.engine.EngineException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Moments as Docker's clients write them in {@code since} and {@code until}: seconds since 1970
 * with a fraction ({@code 1699999999.5}), a date or a time ({@code 2026-01-31T10:00:00Z}), or how
 * long ago ({@code 10m}, {@code 1h30m}).
 *
 * @see <a href="https://docs.docker.com/reference/cli/docker/system/events/#since">docker system
 *     events, since</a>
 */
public final class Timestamps {

  private static final Pattern SECONDS = Pattern.compile("(-?\\d{1,12})(?:\\.(\\d{1,9}))?");
  private static final Pattern AGO =
      Pattern.compile("([+-]?)((?:\\d{1,12}(?:\\.\\d{1,9})?(?:ns|us|µs|ms|h|m|s))+)");
  private static final Pattern PART = Pattern.compile("(\\d+(?:\\.\\d+)?)(ns|us|µs|ms|h|m|s)");
  private static final Pattern DATE =
      Pattern.compile(
          "(\\d{4}-\\d\\d-\\d\\d)(?:T(\\d\\d)(?::(\\d\\d)(?::(\\d\\d(?:\\.\\d{1,9})?))?)?)?"
              + "(Z|[+-]\\d\\d:\\d\\d)?");

  private Timestamps() {}

  /**
   * Reads a moment; a date without a zone is in this machine's.
   *
   * @throws EngineException.InvalidParameter if it is none
   */
  public static Instant parse(String text, Instant now) {
    try {
      Matcher seconds = SECONDS.matcher(text);
      if (seconds.matches()) {
        return Instant.ofEpochSecond(Long.parseLong(seconds.group(1)), nanos(seconds.group(2)));
      }
      Matcher ago = AGO.matcher(text);
      if (ago.matches()) {
        Duration duration = duration(ago.group(2));
        return ago.group(1).equals("-") ? now.plus(duration) : now.minus(duration);
      }
      Matcher date = DATE.matcher(text);
      if (date.matches()) {
        return date(date);
      }
    } catch (DateTimeParseException | ArithmeticException e) {
      throw invalid(text);
    }
    throw invalid(text);
  }

  private static EngineException invalid(String text) {
    return new EngineException.InvalidParameter(
        "failed to parse value as time or duration: \"" + text + "\"");
  }

  private static long nanos(String fraction) {
    return fraction == null ? 0 : Long.parseLong((fraction + "000000000").substring(0, 9));
  }

  private static Duration duration(String text) {
    Duration sum = Duration.ZERO;
    Matcher part = PART.matcher(text);
    while (part.find()) {
      double count = Double.parseDouble(part.group(1));
      sum = sum.plusNanos(Math.round(count * nanosOf(part.group(2))));
    }
    return sum;
  }

  private static double nanosOf(String unit) {
    return switch (unit) {
      case "h" -> 3600e9;
      case "m" -> 60e9;
      case "s" -> 1e9;
      case "ms" -> 1e6;
      case "ns" -> 1;
      default -> 1e3;
    };
  }

  private static Instant date(Matcher date) {
    LocalDateTime local =
        LocalDateTime.parse(
            date.group(1)
                + "T"
                + orZero(date.group(2))
                + ":"
                + orZero(date.group(3))
                + ":"
                + orZero(date.group(4)));
    String zone = date.group(5);
    return local.atZone(zone == null ? ZoneId.systemDefault() : ZoneOffset.of(zone)).toInstant();
  }

  private static String orZero(String digits) {
    return digits == null ? "00" : digits;
  }
}
