package io.sockerless.backend.memory.utility;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Dates as BusyBox' {@code date -d} and {@code touch -d} take them. */
public final class Dates {

  private static final Pattern TIME = Pattern.compile("(\\d{1,2}):(\\d{1,2})(?::(\\d{1,2}))?");
  private static final Pattern DOTS =
      Pattern.compile(
          "(?:(\\d{1,4})\\.)?(\\d{1,2})\\.(\\d{1,2})-(\\d{1,2}):(\\d{1,2})(?::(\\d{1,2}))?");
  private static final Pattern DASHES =
      Pattern.compile(
          "(\\d{1,4})-(\\d{1,2})-(\\d{1,2})"
              + "(?:[ T]+(\\d{1,2})(?::(\\d{1,2})(?::(\\d{1,2})(?:\\.\\d+)?)?)?)?"
              + " *(Z|UTC|[+-]\\d{2}:?\\d{2})?");
  private static final Pattern DIGITS =
      Pattern.compile("(\\d{2}|\\d{4}|\\d{6}|\\d{8}|\\d{10}|\\d{12})(?:\\.(\\d{2}))?");
  private static final Pattern EPOCH = Pattern.compile("@(-?\\d{1,18})");

  private Dates() {}

  /** The moment that a text names. */
  public static Instant parse(String text, ZoneId zone, Instant now) throws Failure {
    try {
      return find(text, now.atZone(zone)).orElseThrow(() -> invalid(text));
    } catch (DateTimeException e) {
      throw invalid(text);
    }
  }

  /** The failure that a text names no moment, in BusyBox' words. */
  public static Failure invalid(String text) {
    return new Failure("invalid date '" + text + "'");
  }

  private static Optional<Instant> find(String text, ZonedDateTime now) {
    Matcher epoch = EPOCH.matcher(text);
    if (epoch.matches()) {
      return Optional.of(Instant.ofEpochSecond(Long.parseLong(epoch.group(1))));
    }
    LocalDateTime today = now.toLocalDate().atStartOfDay();
    Matcher time = TIME.matcher(text);
    if (time.matches()) {
      return Optional.of(at(today, time, 1).atZone(now.getZone()).toInstant());
    }
    Matcher dots = DOTS.matcher(text);
    if (dots.matches()) {
      LocalDateTime day = day(today, number(dots, 1, today.getYear()), dots, 2);
      return Optional.of(at(day, dots, 4).atZone(now.getZone()).toInstant());
    }
    Matcher dashes = DASHES.matcher(text);
    if (dashes.matches()) {
      LocalDateTime day = day(today, number(dashes, 1, 0), dashes, 2);
      ZoneId zone =
          dashes.group(7) == null || dashes.group(7).equals("UTC")
              ? dashes.group(7) == null ? now.getZone() : ZoneOffset.UTC
              : ZoneOffset.of(dashes.group(7));
      return Optional.of(at(day, dashes, 4).atZone(zone).toInstant());
    }
    return digits(text, now);
  }

  /** Hours, minutes and seconds from a group on. */
  private static LocalDateTime at(LocalDateTime day, Matcher matcher, int group) {
    int hour = number(matcher, group, 0);
    int minute = number(matcher, group + 1, 0);
    int second = number(matcher, group + 2, 0);
    if (second > 60) {
      throw new DateTimeException("second " + second);
    }
    return day.withHour(hour).withMinute(minute).plusSeconds(second);
  }

  /** A day that a month has not is one of the next month's, as for {@code mktime(3)}. */
  private static LocalDateTime day(LocalDateTime today, int year, Matcher matcher, int group) {
    int month = number(matcher, group, 1);
    int day = number(matcher, group + 1, 1);
    if (day < 1 || day > 31) {
      throw new DateTimeException("day " + day);
    }
    return today.withDayOfMonth(1).withYear(year).withMonth(month).plusDays(day - 1);
  }

  private static int number(Matcher matcher, int group, int otherwise) {
    return matcher.group(group) == null ? otherwise : Integer.parseInt(matcher.group(group));
  }

  /** {@code [[[[[CC]YY]MM]DD]hh]mm[.ss]}. */
  private static Optional<Instant> digits(String text, ZonedDateTime now) {
    Matcher matcher = DIGITS.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String digits = matcher.group(1);
    int length = digits.length();
    int year = now.getYear();
    if (length >= 10) {
      year = Integer.parseInt(digits.substring(0, length - 8));
      if (length == 10) {
        year += year < 69 ? 2_000 : 1_900;
      }
    }
    int month = length >= 8 ? pair(digits, 8) : now.getMonthValue();
    int day = length >= 6 ? pair(digits, 6) : now.getDayOfMonth();
    int hour = length >= 4 ? pair(digits, 4) : 0;
    int minute = pair(digits, 2);
    int second = number(matcher, 2, 0);
    if (day < 1 || day > 31) {
      return Optional.empty();
    }
    LocalDateTime time =
        LocalDateTime.of(year, month, 1, hour, minute).plusDays(day - 1L).plusSeconds(second);
    return Optional.of(time.atZone(now.getZone()).toInstant());
  }

  private static int pair(String digits, int fromEnd) {
    int at = digits.length() - fromEnd;
    return Integer.parseInt(digits.substring(at, at + 2));
  }
}
