package io.sockerless.backend.memory.utility;

import io.sockerless.backend.memory.kernel.Task;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The time zone that a task's {@code TZ} names: a name of the zone database, or POSIX' form with an
 * offset west of Greenwich such as {@code EST5} or {@code <+03>-3}.
 */
public final class TimeZones {

  private static final Pattern POSIX =
      Pattern.compile("(?:[A-Za-z]{3,}|<[^>]+>)([+-]?)(\\d{1,2})(?::(\\d{1,2}))?(.*)");

  private TimeZones() {}

  /** The zone of a task; UTC if it names none that is known. */
  public static ZoneId of(Task task) {
    return of(task.environment().getOrDefault("TZ", ""));
  }

  /** The zone of a name; UTC if it is unknown. */
  public static ZoneId of(String name) {
    String bare = name.startsWith(":") ? name.substring(1) : name;
    if (bare.isEmpty()) {
      return ZoneOffset.UTC;
    }
    if (!ZoneId.getAvailableZoneIds().contains(bare)) {
      return posix(bare);
    }
    try {
      return ZoneId.of(bare).normalized();
    } catch (DateTimeException e) {
      return posix(bare);
    }
  }

  /** The abbreviation of a task's zone at a moment, as {@code date} prints it. */
  public static String nameOf(Task task, ZonedDateTime time) {
    String name = task.environment().getOrDefault("TZ", "");
    if (name.startsWith(":")) {
      name = name.substring(1);
    }
    Matcher matcher = POSIX.matcher(name);
    boolean fixed = time.getZone() instanceof ZoneOffset;
    if (fixed && matcher.matches()) {
      return name.startsWith("<")
          ? name.substring(1, name.indexOf('>'))
          : name.split("[^A-Za-z]", 2)[0];
    }
    return fixed ? "UTC" : DateTimeFormatter.ofPattern("zzz", Locale.ENGLISH).format(time);
  }

  /** A zone with a summer time of its own is taken from the database if that lists it. */
  private static ZoneId posix(String name) {
    Matcher matcher = POSIX.matcher(name);
    if (!matcher.matches()) {
      return ZoneOffset.UTC;
    }
    int minutes = matcher.group(3) == null ? 0 : Integer.parseInt(matcher.group(3));
    int west = Integer.parseInt(matcher.group(2)) * 60 + minutes;
    int east = matcher.group(1).equals("-") ? west : -west;
    try {
      return ZoneOffset.ofTotalSeconds(east * 60);
    } catch (DateTimeException e) {
      return ZoneOffset.UTC;
    }
  }
}
