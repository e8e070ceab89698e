package io.sockerless.backend.core.container;

import static io.sockerless.backend.core.document.Documents.number;
import static io.sockerless.backend.core.document.Documents.object;
import static io.sockerless.backend.core.document.Documents.string;

import jakarta.json.JsonObject;
import java.time.Duration;

/**
 * Whether a container that has ended is started again.
 *
 * @param maxRetries of {@code on-failure}, 0 for no bound
 */
record RestartPolicy(Kind kind, long maxRetries) {

  /** How long a run must last for the next pause to be the first one again. */
  static final Duration STEADY = Duration.ofSeconds(10);

  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

  enum Kind {
    NO,
    ALWAYS,
    UNLESS_STOPPED,
    ON_FAILURE
  }

  static RestartPolicy of(JsonObject hostConfig) {
    JsonObject policy = object(hostConfig, "RestartPolicy");
    Kind kind =
        switch (string(policy, "Name")) {
          case "always" -> Kind.ALWAYS;
          case "unless-stopped" -> Kind.UNLESS_STOPPED;
          case "on-failure" -> Kind.ON_FAILURE;
          default -> Kind.NO;
        };
    return new RestartPolicy(kind, number(policy, "MaximumRetryCount"));
  }

  /**
   * Whether to start it again.
   *
   * @param restarts how often this policy has done so since somebody started it
   */
  boolean restarts(int exitCode, int restarts, boolean stoppedByHand) {
    return switch (kind) {
      case NO -> false;
      case ALWAYS -> true;
      case UNLESS_STOPPED -> !stoppedByHand;
      case ON_FAILURE -> exitCode != 0 && (maxRetries == 0 || restarts < maxRetries);
    };
  }

  /** How long to wait before the next start: twice as long as last time, up to a minute. */
  static Duration pause(Duration last, Duration ran) {
    if (last.isZero() || ran.compareTo(STEADY) >= 0) {
      return FIRST_PAUSE;
    }
    Duration doubled = last.multipliedBy(2);
    return doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled;
  }
}
