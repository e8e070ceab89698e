package io.sockerless.backend.core.container;

import java.time.Duration;
import java.time.Instant;

/** What a list says of a container's state to a human, such as {@code Up 5 minutes (healthy)}. */
final class StatusText {

  private StatusText() {}

  static String of(ContainerState state, Instant now) {
    return switch (state.status()) {
      case CREATED -> "Created";
      case RUNNING -> "Up " + since(state.started(), now) + health(state);
      case PAUSED -> "Up " + since(state.started(), now) + " (Paused)";
      case RESTARTING ->
          "Restarting (" + state.exitCode() + ") " + since(state.finished(), now) + " ago";
      case REMOVING -> "Removal In Progress";
      case EXITED ->
          state.finished().equals(ContainerState.NEVER)
              ? "Created"
              : "Exited (" + state.exitCode() + ") " + since(state.finished(), now) + " ago";
      case DEAD -> "Dead";
    };
  }

  private static String health(ContainerState state) {
    return switch (state.healthStatus()) {
      case "none" -> "";
      case "starting" -> " (health: starting)";
      default -> " (" + state.healthStatus() + ")";
    };
  }

  private static String since(Instant then, Instant now) {
    return duration(Duration.between(then, now));
  }

  /** A duration in the words that Docker's clients have always shown. */
  static String duration(Duration duration) {
    long seconds = duration.toSeconds();
    long minutes = duration.toMinutes();
    long hours = Math.round(duration.toSeconds() / 3600.0);
    if (seconds < 1) {
      return "Less than a second";
    } else if (seconds == 1) {
      return "1 second";
    } else if (seconds < 60) {
      return seconds + " seconds";
    } else if (minutes == 1) {
      return "About a minute";
    } else if (minutes < 60) {
      return minutes + " minutes";
    } else if (hours == 1) {
      return "About an hour";
    } else if (hours < 48) {
      return hours + " hours";
    } else if (hours < 24 * 7 * 2) {
      return hours / 24 + " days";
    } else if (hours < 24 * 30 * 2) {
      return hours / 24 / 7 + " weeks";
    } else if (hours < 24 * 365 * 2) {
      return hours / 24 / 30 + " months";
    }
    return hours / 24 / 365 + " years";
  }
}
