package io.sockerless.backend.memory.utility;

import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.IsoFields;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A moment in the words of {@code strftime(3)}, in the C locale.
 *
 * @param zoneName what {@code %Z} stands for
 * @see <a href="https://man7.org/linux/man-pages/man3/strftime.3.html">strftime(3)</a>
 */
public record TimeFormat(ZonedDateTime time, String zoneName) {

  private static final Pattern DIRECTIVE =
      Pattern.compile("%([-_0^#]*)(\\d{0,3})([EO]?)(:?[A-Za-z%+])");

  /** The text of a pattern. */
  public String format(String pattern) {
    Matcher matcher = DIRECTIVE.matcher(pattern);
    StringBuilder text = new StringBuilder();
    int from = 0;
    while (matcher.find()) {
      text.append(pattern, from, matcher.start());
      from = matcher.end();
      text.append(directive(matcher));
    }
    return text.append(pattern.substring(from)).toString();
  }

  private String directive(Matcher matcher) {
    Optional<String> found = value(matcher.group(4), matcher.group(1));
    if (found.isEmpty()) {
      return matcher.group();
    }
    String value = found.get();
    String flags = matcher.group(1);
    if (flags.contains("^")) {
      value = value.toUpperCase(Locale.ROOT);
    }
    int width = matcher.group(2).isEmpty() ? 0 : Integer.parseInt(matcher.group(2));
    boolean numeric = !value.isEmpty() && Character.isDigit(value.charAt(value.length() - 1));
    String filler = numeric && !flags.contains("_") ? "0" : " ";
    return filler.repeat(Math.max(0, width - value.length())) + value;
  }

  private Optional<String> value(String letter, String flags) {
    return Optional.ofNullable(
        switch (letter) {
          case "a" -> name("EEE");
          case "A" -> name("EEEE");
          case "b", "h" -> name("MMM");
          case "B" -> name("MMMM");
          case "p" -> name("a").toUpperCase(Locale.ROOT);
          case "P" -> name("a").toLowerCase(Locale.ROOT);
          case "Z" -> zoneName;
          case "z" -> name("xx");
          case ":z" -> name("xxx");
          case "n" -> "\n";
          case "t" -> "\t";
          case "%" -> "%";
          case "s" -> Long.toString(time.toEpochSecond());
          case "Y" -> Integer.toString(time.getYear());
          case "G" -> Integer.toString(time.get(IsoFields.WEEK_BASED_YEAR));
          case "u" -> Integer.toString(time.getDayOfWeek().getValue());
          case "w" -> Integer.toString(time.getDayOfWeek().getValue() % 7);
          case "N" -> padded(time.getNano(), 9, '0', flags);
          case "c" -> format("%a %b %e %H:%M:%S %Y");
          case "D", "x" -> format("%m/%d/%y");
          case "F" -> format("%Y-%m-%d");
          case "r" -> format("%I:%M:%S %p");
          case "R" -> format("%H:%M");
          case "T", "X" -> format("%H:%M:%S");
          default -> number(letter, flags);
        });
  }

  private @Nullable String number(String letter, String flags) {
    return switch (letter) {
      case "C" -> padded(time.getYear() / 100, 2, '0', flags);
      case "d" -> padded(time.getDayOfMonth(), 2, '0', flags);
      case "e" -> padded(time.getDayOfMonth(), 2, ' ', flags);
      case "g" -> padded(time.get(IsoFields.WEEK_BASED_YEAR) % 100, 2, '0', flags);
      case "H" -> padded(time.getHour(), 2, '0', flags);
      case "I" -> padded(halfDay(), 2, '0', flags);
      case "j" -> padded(time.getDayOfYear(), 3, '0', flags);
      case "k" -> padded(time.getHour(), 2, ' ', flags);
      case "l" -> padded(halfDay(), 2, ' ', flags);
      case "m" -> padded(time.getMonthValue(), 2, '0', flags);
      case "M" -> padded(time.getMinute(), 2, '0', flags);
      case "S" -> padded(time.getSecond(), 2, '0', flags);
      case "U" -> padded(week(time.getDayOfWeek().getValue() % 7), 2, '0', flags);
      case "V" -> padded(time.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR), 2, '0', flags);
      case "W" -> padded(week(time.getDayOfWeek().getValue() - 1), 2, '0', flags);
      case "y" -> padded(time.getYear() % 100, 2, '0', flags);
      default -> null;
    };
  }

  private String name(String pattern) {
    return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH).format(time);
  }

  private int halfDay() {
    int hour = time.getHour() % 12;
    return hour == 0 ? 12 : hour;
  }

  /** The week of the year, where the days of a week are counted from its first, which is 0. */
  private int week(int dayOfWeek) {
    return (time.getDayOfYear() + 6 - dayOfWeek) / 7;
  }

  private static String padded(int number, int width, char filler, String flags) {
    String digits = Integer.toString(number);
    if (flags.contains("-")) {
      return digits;
    }
    char used = flags.contains("_") ? ' ' : flags.contains("0") ? '0' : filler;
    return String.valueOf(used).repeat(Math.max(0, width - digits.length())) + digits;
  }
}
