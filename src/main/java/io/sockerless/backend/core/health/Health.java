package io.sockerless.backend.core.health;

import io.sockerless.engine.JsonBuilders;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What is known of a container's health.
 *
 * @param failures in a row
 * @param results the last ones, the newest last
 */
public record Health(Status status, int failures, List<Result> results) {

  private static final int KEPT = 5;

  /** How a container is. */
  public enum Status {
    /** Not known yet. */
    STARTING,
    /** The last check passed, or too few have failed since. */
    HEALTHY,
    /** Too many checks have failed. */
    UNHEALTHY;

    /** As the Docker API writes it. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * One check.
   *
   * @param exitCode 0 if it passed, -1 if it did not end in time
   * @param output both outputs, their beginning
   */
  public record Result(Instant start, Instant end, int exitCode, String output) {}

  /** Copies the list. */
  public Health {
    results = List.copyOf(results);
  }

  /** Before the first check. */
  public static Health starting() {
    return new Health(Status.STARTING, 0, List.of());
  }

  /**
   * After one more check.
   *
   * @param started when the container was started
   */
  Health after(Result result, HealthCheck check, Instant started) {
    List<Result> more = new ArrayList<>(results);
    more.add(result);
    List<Result> kept = more.subList(Math.max(0, more.size() - KEPT), more.size());
    if (result.exitCode() == 0) {
      return new Health(Status.HEALTHY, 0, kept);
    }
    boolean forgiven =
        status == Status.STARTING && result.start().isBefore(started.plus(check.startPeriod()));
    int failed = forgiven ? failures : failures + 1;
    return new Health(failed >= check.retries() ? Status.UNHEALTHY : status, failed, kept);
  }

  /** The Docker API's {@code Health}. */
  public JsonObject document() {
    JsonArrayBuilder log = JsonBuilders.array();
    for (Result result : results) {
      log.add(
          JsonBuilders.object()
              .add("Start", result.start().toString())
              .add("End", result.end().toString())
              .add("ExitCode", result.exitCode())
              .add("Output", result.output()));
    }
    return JsonBuilders.object()
        .add("Status", status.text())
        .add("FailingStreak", failures)
        .add("Log", log)
        .build();
  }
}
