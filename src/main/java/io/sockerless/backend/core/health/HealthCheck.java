package io.sockerless.backend.core.health;

import static io.sockerless.backend.core.document.Documents.number;
import static io.sockerless.backend.core.document.Documents.object;
import static io.sockerless.backend.core.document.Documents.strings;

import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How a container's health is found out.
 *
 * @param command what is run in the container
 * @param retries how many failures in a row make it unhealthy
 * @see <a href="https://docs.docker.com/reference/api/engine/version/v1.51/">HealthConfig</a>
 */
public record HealthCheck(
    List<String> command,
    Duration interval,
    Duration timeout,
    Duration startPeriod,
    Duration startInterval,
    int retries) {

  private static final Duration INTERVAL = Duration.ofSeconds(30);
  private static final Duration START_INTERVAL = Duration.ofSeconds(5);
  private static final int RETRIES = 3;

  /** Copies the command. */
  public HealthCheck {
    command = List.copyOf(command);
  }

  /** The health check of a {@code ContainerConfig}; empty if it has none. */
  public static Optional<HealthCheck> of(JsonObject config) {
    JsonObject check = object(config, "Healthcheck");
    List<String> test = strings(check, "Test");
    if (test.isEmpty()) {
      return Optional.empty();
    }
    List<String> arguments = test.subList(1, test.size());
    return command(test.getFirst(), arguments, config)
        .map(command ->
            new HealthCheck(
                command,
                duration(check, "Interval", INTERVAL),
                duration(check, "Timeout", INTERVAL),
                duration(check, "StartPeriod", Duration.ZERO),
                duration(check, "StartInterval", START_INTERVAL),
                number(check, "Retries") == 0 ? RETRIES : (int) number(check, "Retries")));
  }

  private static Optional<List<String>> command(
      String kind, List<String> arguments, JsonObject config) {
    return switch (kind) {
      case "CMD" -> Optional.of(arguments).filter(command -> !command.isEmpty());
      case "CMD-SHELL" -> {
        List<String> shell = new ArrayList<>(strings(config, "Shell"));
        if (shell.isEmpty()) {
          shell.addAll(List.of("/bin/sh", "-c"));
        }
        shell.addAll(arguments);
        yield Optional.of(shell);
      }
      default -> Optional.empty();
    };
  }

  private static Duration duration(JsonObject check, String name, Duration otherwise) {
    long nanos = number(check, name);
    return nanos == 0 ? otherwise : Duration.ofNanos(nanos);
  }
}
