package io.sockerless.backend.memory.utility.awk;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Times as {@code strftime} writes them, in English. */
final class TimeFormat {

  private static final String FULL = "EEE MMM d HH:mm:ss yyyy";

  private TimeFormat() {}

  static String format(String format, long seconds, @Nullable String zone) {
    ZonedDateTime time = Instant.ofEpochSecond(seconds).atZone(zone(zone));
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < format.length(); i++) {
      char c = format.charAt(i);
      if (c == '%' && i + 1 < format.length()) {
        out.append(convert(format.charAt(++i), time));
      } else {
        out.append(c);
      }
    }
    return out.toString();
  }

  private static ZoneId zone(@Nullable String name) {
    try {
      return name == null || name.isEmpty() ? ZoneOffset.UTC : ZoneId.of(name);
    } catch (DateTimeException e) {
      return ZoneOffset.UTC;
    }
  }

  private static String convert(char letter, ZonedDateTime time) {
    return switch (letter) {
      case 'n' -> "\n";
      case 't' -> "\t";
      case '%' -> "%";
      case 's' -> Long.toString(time.toEpochSecond());
      case 'e' -> String.format(Locale.ROOT, "%2d", time.getDayOfMonth());
      case 'u' -> Integer.toString(time.getDayOfWeek().getValue());
      case 'w' -> Integer.toString(time.getDayOfWeek().getValue() % 7);
      case 'Z' -> time.getZone().equals(ZoneOffset.UTC) ? "UTC" : pattern("zzz", time);
      default -> pattern(letter).map(it -> pattern(it, time)).orElse("%" + letter);
    };
  }

  private static String pattern(String pattern, ZonedDateTime time) {
    return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH).format(time);
  }

  private static Optional<String> pattern(char letter) {
    return Optional.ofNullable(
        switch (letter) {
          case 'Y' -> "yyyy";
          case 'y' -> "yy";
          case 'm' -> "MM";
          case 'd' -> "dd";
          case 'H' -> "HH";
          case 'I' -> "hh";
          case 'M' -> "mm";
          case 'S' -> "ss";
          case 'p' -> "a";
          case 'j' -> "DDD";
          case 'a' -> "EEE";
          case 'A' -> "EEEE";
          case 'b', 'h' -> "MMM";
          case 'B' -> "MMMM";
          case 'z' -> "xx";
          case 'F' -> "yyyy-MM-dd";
          case 'T' -> "HH:mm:ss";
          case 'R' -> "HH:mm";
          case 'D', 'x' -> "MM/dd/yy";
          case 'X' -> "HH:mm:ss";
          case 'c' -> FULL;
          default -> null;
        });
  }
}
