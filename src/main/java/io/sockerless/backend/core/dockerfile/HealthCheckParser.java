package io.sockerless.backend.core.dockerfile;

import io.sockerless.backend.core.value.GoText;
import io.sockerless.backend.core.value.GoValues;
import io.sockerless.engine.EngineException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Reads {@code HEALTHCHECK}. */
final class HealthCheckParser {

  private static final Duration SHORTEST = Duration.ofMillis(1);
  private static final Set<String> FLAGS =
      Set.of("interval", "timeout", "start-period", "start-interval", "retries");

  private HealthCheckParser() {}

  static Instruction parse(Statement statement) {
    String[] parts = InstructionParser.some(statement).split("\\s+", 2);
    String kind = parts[0].toUpperCase(Locale.ROOT);
    String rest = parts.length > 1 ? parts[1].strip() : "";
    Set<String> allowed = kind.equals("NONE") ? Set.of() : FLAGS;
    Flags flags = Flags.parse(statement.flags(), allowed, Set.of(), Set.of());
    return new Instruction.HealthCheck(
        statement.original(),
        test(kind, parts[0], rest),
        duration(flags, "interval"),
        duration(flags, "timeout"),
        duration(flags, "start-period"),
        duration(flags, "start-interval"),
        retries(flags.text("retries")));
  }

  private static List<String> test(String kind, String written, String rest) {
    return switch (kind) {
      case "NONE" -> {
        if (!rest.isEmpty()) {
          throw DockerfileException.ofInstruction("HEALTHCHECK NONE takes no arguments");
        }
        yield List.of("NONE");
      }
      case "CMD" -> {
        List<String> test = new ArrayList<>();
        var words = Words.json(rest);
        test.add(words.isPresent() ? "CMD" : "CMD-SHELL");
        test.addAll(words.orElseGet(() -> rest.isEmpty() ? List.of() : List.of(rest)));
        if (test.size() == 1) {
          throw DockerfileException.ofInstruction("Missing command after HEALTHCHECK CMD");
        }
        yield List.copyOf(test);
      }
      default ->
          throw DockerfileException.ofInstruction(
              "Unknown type "
                  + GoText.quoted(written.toUpperCase(Locale.ROOT))
                  + " in HEALTHCHECK (try CMD)");
    };
  }

  private static Duration duration(Flags flags, String name) {
    String text = flags.text(name);
    if (text.isEmpty()) {
      return Duration.ZERO;
    }
    try {
      Duration duration = GoText.duration(text);
      if (!duration.isZero() && duration.compareTo(SHORTEST) < 0) {
        throw DockerfileException.ofInstruction(
            "Interval " + GoText.quoted(name) + " cannot be less than 1ms");
      }
      return duration;
    } catch (EngineException e) {
      throw DockerfileException.ofInstruction(e.text());
    }
  }

  private static int retries(String text) {
    if (text.isEmpty()) {
      return 0;
    }
    try {
      int retries = Integer.parseInt(text);
      if (retries < 1) {
        throw DockerfileException.ofInstruction(
            "--retries must be at least 1 (not " + retries + ")");
      }
      return retries;
    } catch (NumberFormatException e) {
      throw DockerfileException.ofInstruction(GoValues.noNumber("ParseInt", text).text());
    }
  }
}
