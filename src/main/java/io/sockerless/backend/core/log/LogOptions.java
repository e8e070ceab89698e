package io.sockerless.backend.core.log;

import io.sockerless.backend.core.value.GoValues;
import io.sockerless.engine.EngineException;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a container's output is kept, from {@code HostConfig.LogConfig}.
 *
 * @param kept whether it is kept at all; {@code none} is the driver that does not
 * @param maxSize of one file in bytes, 0 for no bound
 * @param maxFiles how many files are kept; the oldest goes first
 */
public record LogOptions(boolean kept, long maxSize, int maxFiles) {

  private static final Set<String> JSON_FILE =
      Set.of(
          "max-size",
          "max-file",
          "compress",
          "labels",
          "labels-regex",
          "env",
          "env-regex",
          "tag",
          "mode",
          "max-buffer-size");
  private static final Set<String> LOCAL =
      Set.of("max-size", "max-file", "compress", "mode", "max-buffer-size");
  private static final Pattern SIZE = Pattern.compile("(\\d+(?:\\.\\d+)?) ?([kmgtp]?)(?:i?b)?");
  private static final Map<String, Long> UNITS =
      Map.of(
          "",
          1L,
          "k",
          1_000L,
          "m",
          1_000_000L,
          "g",
          1_000_000_000L,
          "t",
          1_000_000_000_000L,
          "p",
          1_000_000_000_000_000L);
  private static final String NON_BLOCKING = "non-blocking";
  private static final long LOCAL_SIZE = 20_000_000;
  private static final int LOCAL_FILES = 5;

  /**
   * Reads {@code LogConfig}.
   *
   * @throws EngineException.InvalidParameter for a driver or an option that there is not
   */
  public static LogOptions of(JsonObject logConfig) {
    String type = logConfig.getString("Type", "");
    JsonObject options =
        logConfig.get("Config") instanceof JsonObject config ? config : JsonValue.EMPTY_JSON_OBJECT;
    checkMode(options);
    return switch (type) {
      case "", "json-file" -> {
        check("json-file", options, JSON_FILE);
        yield new LogOptions(true, size(options, 0), files(options, 1));
      }
      case "local" -> {
        check("local", options, LOCAL);
        yield new LogOptions(true, size(options, LOCAL_SIZE), files(options, LOCAL_FILES));
      }
      case "none" -> new LogOptions(false, 0, 1);
      default ->
          throw new EngineException.InvalidParameter(
              "logger: no log driver named '" + type + "' is registered");
    };
  }

  private static void check(String driver, JsonObject options, Set<String> known) {
    for (String name : options.keySet()) {
      if (!known.contains(name)) {
        throw new EngineException.InvalidParameter(
            "unknown log opt '" + name + "' for " + driver + " log driver");
      }
    }
  }

  /** How output is handed to the log is no matter here, as nothing of it waits. */
  private static void checkMode(JsonObject options) {
    String mode = option(options, "mode");
    if (!mode.isEmpty() && !mode.equals("blocking") && !mode.equals(NON_BLOCKING)) {
      throw new EngineException.InvalidParameter("logger: logging mode not supported: " + mode);
    }
    if (options.containsKey("max-buffer-size") && !mode.equals(NON_BLOCKING)) {
      throw new EngineException.InvalidParameter(
          "logger: max-buffer-size option is only supported with 'mode=" + NON_BLOCKING + "'");
    }
  }

  private static long size(JsonObject options, long otherwise) {
    String text = option(options, "max-size");
    if (text.isEmpty() || text.equals("-1")) {
      return text.isEmpty() ? otherwise : 0;
    }
    Matcher size = SIZE.matcher(text.toLowerCase(Locale.ROOT));
    if (!size.matches()) {
      throw new EngineException.InvalidParameter("invalid size: '" + text + "'");
    }
    long unit = UNITS.getOrDefault(size.group(2), 1L);
    return (long) (Double.parseDouble(size.group(1)) * unit);
  }

  private static int files(JsonObject options, int otherwise) {
    String text = option(options, "max-file");
    if (text.isEmpty()) {
      return otherwise;
    }
    int files = Math.clamp(GoValues.integer(text), 0, Integer.MAX_VALUE);
    if (files < 1) {
      throw new EngineException.InvalidParameter("max-file cannot be less than 1");
    }
    return files;
  }

  private static String option(JsonObject options, String name) {
    return options.get(name) instanceof JsonString text ? text.getString() : "";
  }
}
