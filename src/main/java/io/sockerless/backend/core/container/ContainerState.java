package io.sockerless.backend.core.container;

import io.sockerless.engine.JsonBuilders;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.time.Instant;
import java.util.Optional;

/**
 * What a container does now and how it ended last.
 *
 * @param pid of the first process as the container sees it, 0 if there is none
 * @param error why the last start failed, else empty
 * @param started {@link #NEVER} before the first start
 * @param health the Docker API's {@code Health}; empty without a health check
 * @see <a href="https://docs.docker.com/reference/api/engine/version/v1.51/">ContainerState</a>
 */
public record ContainerState(
    Status status,
    int pid,
    int exitCode,
    String error,
    boolean outOfMemory,
    Instant started,
    Instant finished,
    Optional<JsonObject> health) {

  /** The time that Docker writes for what has not happened. */
  public static final Instant NEVER = Instant.parse("0001-01-01T00:00:00Z");

  /** A container that has just been made. */
  public static ContainerState created() {
    return new ContainerState(Status.CREATED, 0, 0, "", false, NEVER, NEVER, Optional.empty());
  }

  /** Its process runs. */
  ContainerState running(int newPid, Instant now, Optional<JsonObject> newHealth) {
    return new ContainerState(to(Status.RUNNING), newPid, 0, "", false, now, finished, newHealth);
  }

  /** Its process has ended. */
  ContainerState ended(Status next, int code, boolean memory, Instant now) {
    return new ContainerState(to(next), 0, code, error, memory, started, now, health);
  }

  /** It could not be started. */
  ContainerState failed(int code, String why, Instant now) {
    return switch (status) {
      case RESTARTING ->
          new ContainerState(to(Status.EXITED), 0, code, why, false, started, now, health);
      default -> new ContainerState(status, 0, code, why, false, started, finished, health);
    };
  }

  /** Another status, all else as it was. */
  ContainerState in(Status next) {
    return new ContainerState(
        to(next), pid, exitCode, error, outOfMemory, started, finished, health);
  }

  /** Another health, all else as it was. */
  ContainerState with(JsonObject newHealth) {
    return new ContainerState(
        status, pid, exitCode, error, outOfMemory, started, finished, Optional.of(newHealth));
  }

  private Status to(Status next) {
    if (!status.canBecome(next)) {
      throw new IllegalStateException("a container cannot go from " + status + " to " + next);
    }
    return next;
  }

  /** {@code healthy}, {@code unhealthy}, {@code starting}, or {@code none}. */
  public String healthStatus() {
    return health.map(document -> document.getString("Status", "none")).orElse("none");
  }

  /** The Docker API's {@code State}. */
  public JsonObject document() {
    JsonObjectBuilder document =
        JsonBuilders.object()
            .add("Status", status.text())
            .add("Running", status.isActive())
            .add("Paused", status == Status.PAUSED)
            .add("Restarting", status == Status.RESTARTING)
            .add("OOMKilled", outOfMemory)
            .add("Dead", status == Status.DEAD)
            .add("Pid", pid)
            .add("ExitCode", exitCode)
            .add("Error", error)
            .add("StartedAt", started.toString())
            .add("FinishedAt", finished.toString());
    health.ifPresent(value -> document.add("Health", value));
    return document.build();
  }
}
