package io.sockerless.backend.core.log;

import io.sockerless.engine.EngineException;
import io.sockerless.engine.Query;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What somebody wants to see of a log.
 *
 * @param tail the last lines alone; empty for all
 * @param since nothing older; empty for all
 * @param until nothing newer; empty for all
 * @param details what is put before each line, with {@code details} set; empty for nothing
 */
public record LogQuery(
    boolean stdout,
    boolean stderr,
    boolean follow,
    boolean timestamps,
    OptionalLong tail,
    Optional<Instant> since,
    Optional<Instant> until,
    Optional<String> details) {

  /** All that was written, as it was. */
  public static LogQuery all(boolean stdout, boolean stderr) {
    return new LogQuery(
        stdout,
        stderr,
        false,
        false,
        OptionalLong.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /**
   * Reads the parameters of the Docker API.
   *
   * @param attributes what {@code details} shows
   * @throws EngineException.InvalidParameter in Docker's words
   */
  public static LogQuery of(Query query, String attributes) {
    if (!query.flag("stdout") && !query.flag("stderr")) {
      throw new EngineException.InvalidParameter(
          "Bad parameters: you must choose at least one stream");
    }
    return new LogQuery(
        query.flag("stdout"),
        query.flag("stderr"),
        query.flag("follow"),
        query.flag("timestamps"),
        tail(query.first("tail").orElse("all")),
        time(query, "since"),
        time(query, "until"),
        query.flag("details") ? Optional.of(attributes) : Optional.empty());
  }

  /** Whatever is no number shows all, as with dockerd. */
  private static OptionalLong tail(String text) {
    try {
      long lines = Long.parseLong(text);
      return lines < 0 ? OptionalLong.empty() : OptionalLong.of(lines);
    } catch (NumberFormatException e) {
      return OptionalLong.empty();
    }
  }

  private static Optional<Instant> time(Query query, String name) {
    String text = query.first(name).orElse("");
    if (text.isEmpty() || text.equals("0")) {
      return Optional.empty();
    }
    String[] parts = text.split("\\.", 2);
    try {
      String fraction = parts.length == 1 ? "0" : (parts[1] + "000000000").substring(0, 9);
      return Optional.of(Instant.ofEpochSecond(Long.parseLong(parts[0]), Long.parseLong(fraction)));
    } catch (NumberFormatException | DateTimeException e) {
      throw new EngineException.InvalidParameter(
          "invalid value for \""
              + name
              + "\": failed to parse value as time or duration: \""
              + text
              + "\"");
    }
  }

  boolean shows(LogRecord entry) {
    return switch (entry.channel()) {
      case STDIN -> false;
      case STDOUT -> stdout;
      case STDERR -> stderr;
    };
  }
}
