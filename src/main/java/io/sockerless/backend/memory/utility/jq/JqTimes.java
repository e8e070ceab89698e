package io.sockerless.backend.memory.utility.jq;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.sockerless.backend.memory.utility.Failure;
import io.sockerless.backend.memory.utility.TimeFormat;
import io.sockerless.backend.memory.utility.TimePattern;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.TextStyle;
import java.util.List;
import java.util.Locale;
import net.thisptr.jackson.jq.exception.JsonQueryException;

/**
 * The times of {@code jq}: seconds since 1970, and "broken down" ones, arrays of year, month from
 * 0, day, hour, minute, second, weekday and day of the year from 0.
 *
 * @see <a href="https://jqlang.org/manual/v1.6/#dates">jq 1.6 Manual, Dates</a>
 */
final class JqTimes {

  private static final int FIELDS = 6;
  private static final double NANOS = 1e9;

  /** Makes values of one. */
  @FunctionalInterface
  interface Conversion {
    /** Makes them. */
    List<JsonNode> apply(JsonNode value) throws IOException;
  }

  /** Makes a value of one by a format. */
  @FunctionalInterface
  interface Formatting {
    /** Makes it. */
    JsonNode apply(JsonNode value, JsonNode format) throws JsonQueryException;
  }

  private final ZoneId zone;

  /** Local times are those of a zone. */
  JqTimes(ZoneId zone) {
    this.zone = zone;
  }

  List<JsonNode> toUtc(JsonNode value) throws JsonQueryException {
    return List.of(brokenDown(value, "gmtime()", ZoneOffset.UTC));
  }

  List<JsonNode> toLocal(JsonNode value) throws JsonQueryException {
    return List.of(brokenDown(value, "localtime()", zone));
  }

  private static JsonNode brokenDown(JsonNode value, String function, ZoneId zone)
      throws JsonQueryException {
    if (!value.isNumber()) {
      throw new JsonQueryException(function + " requires a number");
    }
    double seconds = value.doubleValue();
    long whole = (long) Math.floor(seconds);
    return fields(at(whole).atZone(zone), seconds - whole);
  }

  private static Instant at(long seconds) throws JsonQueryException {
    try {
      return Instant.ofEpochSecond(seconds);
    } catch (DateTimeException e) {
      throw new JsonQueryException("error converting number of seconds since epoch to datetime", e);
    }
  }

  private static JsonNode fields(ZonedDateTime time, double fraction) {
    ArrayNode fields = JsonNodeFactory.instance.arrayNode();
    fields.add(time.getYear()).add(time.getMonthValue() - 1).add(time.getDayOfMonth());
    fields.add(time.getHour()).add(time.getMinute());
    fields.add(
        fraction == 0
            ? LongNode.valueOf(time.getSecond())
            : DoubleNode.valueOf(time.getSecond() + fraction));
    fields.add(time.getDayOfWeek().getValue() % 7).add(time.getDayOfYear() - 1);
    return fields;
  }

  List<JsonNode> toSeconds(JsonNode value) throws JsonQueryException {
    return List.of(LongNode.valueOf(utc(value, "mktime").toEpochSecond()));
  }

  private static ZonedDateTime utc(JsonNode value, String function) throws JsonQueryException {
    if (!value.isArray()) {
      throw new JsonQueryException(function + " requires array inputs");
    }
    if (value.size() < FIELDS) {
      throw new JsonQueryException(function + " requires array of 6 numbers");
    }
    for (JsonNode field : value) {
      if (!field.isNumber()) {
        throw new JsonQueryException(function + " requires parsed datetime inputs");
      }
    }
    try {
      return ZonedDateTime.of(value.get(0).intValue(), 1, 1, 0, 0, 0, 0, ZoneOffset.UTC)
          .plusMonths(value.get(1).intValue())
          .plusDays(value.get(2).intValue() - 1L)
          .plusHours(value.get(3).intValue())
          .plusMinutes(value.get(4).intValue())
          .plusNanos((long) (value.get(5).doubleValue() * NANOS));
    } catch (DateTimeException e) {
      throw new JsonQueryException("invalid gmtime representation", e);
    }
  }

  JsonNode formatUtc(JsonNode value, JsonNode format) throws JsonQueryException {
    return format(value, format, "strftime/1", ZoneOffset.UTC);
  }

  JsonNode formatLocal(JsonNode value, JsonNode format) throws JsonQueryException {
    return format(value, format, "strflocaltime/1", zone);
  }

  private static JsonNode format(JsonNode value, JsonNode format, String function, ZoneId zone)
      throws JsonQueryException {
    if (!value.isNumber() && !value.isArray()) {
      throw new JsonQueryException(function + " requires parsed datetime inputs");
    }
    if (!format.isTextual()) {
      throw new JsonQueryException(function + " requires a string format");
    }
    ZonedDateTime time =
        value.isNumber()
            ? at((long) Math.floor(value.doubleValue())).atZone(zone)
            : utc(value, function).withZoneSameLocal(zone);
    String name =
        zone.equals(ZoneOffset.UTC)
            ? "UTC"
            : time.getZone().getDisplayName(TextStyle.SHORT, Locale.ENGLISH);
    return TextNode.valueOf(new TimeFormat(time, name).format(format.textValue()));
  }

  JsonNode parse(JsonNode value, JsonNode format) throws JsonQueryException {
    if (!value.isTextual() || !format.isTextual()) {
      throw new JsonQueryException("strptime/1 requires string inputs and arguments");
    }
    try {
      Instant time = TimePattern.parse(format.textValue(), value.textValue(), ZoneOffset.UTC);
      return fields(time.atZone(ZoneOffset.UTC), 0);
    } catch (Failure e) {
      throw new JsonQueryException(
          "date \"" + value.textValue() + "\" does not match format \"" + format.textValue() + "\"",
          e);
    }
  }
}
