package io.sockerless.backend.memory.utility;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a date by a pattern of {@code strptime(3)}, in the C locale. */
public final class TimePattern {

  private static final List<String> MONTHS =
      List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");

  private final String text;
  private int at;
  private int year = 1900;
  private int month = 1;
  private int day = 1;
  private int hour;
  private int minute;
  private int second;
  private Optional<Instant> epoch = Optional.empty();
  private Optional<ZoneOffset> offset = Optional.empty();

  private TimePattern(String text) {
    this.text = text;
  }

  /**
   * The moment that a text names in a pattern.
   *
   * @throws Failure if it does not match
   */
  public static Instant parse(String pattern, String text, ZoneId zone) throws Failure {
    TimePattern reading = new TimePattern(text);
    try {
      if (!reading.read(pattern) || reading.at != text.length()) {
        throw Dates.invalid(text);
      }
      if (reading.epoch.isPresent()) {
        return reading.epoch.get();
      }
      LocalDateTime local =
          LocalDateTime.of(
              reading.year,
              reading.month,
              reading.day,
              reading.hour,
              reading.minute,
              reading.second);
      ZoneId read = reading.offset.isPresent() ? reading.offset.get() : zone;
      return local.atZone(read).toInstant();
    } catch (DateTimeException e) {
      throw Dates.invalid(text);
    }
  }

  private boolean read(String pattern) {
    int i = 0;
    while (i < pattern.length()) {
      char c = pattern.charAt(i++);
      if (c == '%' && i < pattern.length()) {
        if (!directive(pattern.charAt(i++))) {
          return false;
        }
      } else if (Character.isWhitespace(c)) {
        skipBlanks();
      } else if (at < text.length() && text.charAt(at) == c) {
        at++;
      } else {
        return false;
      }
    }
    return true;
  }

  private void skipBlanks() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }

  private boolean directive(char letter) {
    switch (letter) {
      case 'Y' -> year = number(4);
      case 'm' -> month = number(2);
      case 'd', 'e' -> day = number(2);
      case 'H', 'k' -> hour = number(2);
      case 'M' -> minute = number(2);
      case 'S' -> second = number(2);
      case 'y' -> {
        int short2 = number(2);
        year = short2 < 0 ? -1 : short2 + (short2 < 69 ? 2_000 : 1_900);
      }
      case 's' -> epoch = Optional.of(Instant.ofEpochSecond(number(10)));
      case 'b', 'B', 'h' -> month = monthName();
      case 'a', 'A' -> letters();
      case 'T' -> {
        return read("%H:%M:%S");
      }
      case 'F' -> {
        return read("%Y-%m-%d");
      }
      case 'D' -> {
        return read("%m/%d/%y");
      }
      case 'R' -> {
        return read("%H:%M");
      }
      case 'z' -> {
        return zone();
      }
      case 'Z' -> letters();
      case 'n', 't' -> skipBlanks();
      case '%' -> {
        boolean there = at < text.length() && text.charAt(at) == '%';
        at++;
        return there;
      }
      default -> {
        return false;
      }
    }
    return year >= 0 && month > 0 && day > 0 && hour >= 0 && minute >= 0 && second >= 0;
  }

  private int number(int most) {
    skipBlanks();
    int from = at;
    while (at < text.length() && at - from < most && Character.isDigit(text.charAt(at))) {
      at++;
    }
    return from == at ? -1 : (int) Long.parseLong(text.substring(from, at));
  }

  private String letters() {
    int from = at;
    while (at < text.length() && Character.isLetter(text.charAt(at))) {
      at++;
    }
    return text.substring(from, at);
  }

  private int monthName() {
    String name = letters().toLowerCase(Locale.ROOT);
    return name.length() < 3 ? -1 : MONTHS.indexOf(name.substring(0, 3)) + 1;
  }

  private boolean zone() {
    Matcher matcher =
        Pattern.compile("Z|[+-]\\d{2}:?\\d{2}").matcher(text).region(at, text.length());
    if (!matcher.lookingAt()) {
      return false;
    }
    at = matcher.end();
    offset = Optional.of(ZoneOffset.of(matcher.group()));
    return true;
  }
}
