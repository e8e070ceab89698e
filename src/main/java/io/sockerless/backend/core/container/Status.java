package io.sockerless.backend.core.container;

import java.util.Locale;
import java.util.Optional;

/**
 * Where a container is in its life. Only the transitions named here are legal; whoever asks for
 * another one has lost track of the container.
 */
public enum Status {
  /** Not started yet, or its first start failed. */
  CREATED,
  /** Its process runs. */
  RUNNING,
  /** Its processes are frozen. */
  PAUSED,
  /** Its process has ended and will be started again by the restart policy. */
  RESTARTING,
  /** It is being removed. */
  REMOVING,
  /** Its process has ended. */
  EXITED,
  /** Its removal failed half-way. */
  DEAD;

  /** As the Docker API writes it. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The status of that name. */
  public static Optional<Status> of(String text) {
    for (Status status : values()) {
      if (status.text().equals(text)) {
        return Optional.of(status);
      }
    }
    return Optional.empty();
  }

  /** Whether the container counts as running: a process is there, or will be by itself. */
  public boolean isActive() {
    return switch (this) {
      case RUNNING, PAUSED, RESTARTING -> true;
      case CREATED, REMOVING, EXITED, DEAD -> false;
    };
  }

  /** Whether a process is there. */
  public boolean hasProcess() {
    return this == RUNNING || this == PAUSED;
  }

  /** Whether a container may go from here to another status; to stay is always legal. */
  public boolean canBecome(Status next) {
    return next == this
        || switch (this) {
          case CREATED -> next == RUNNING || next == REMOVING;
          case RUNNING -> next == PAUSED || next == RESTARTING || next == EXITED;
          case PAUSED -> next == RUNNING || next == RESTARTING || next == EXITED;
          case RESTARTING -> next == RUNNING || next == EXITED;
          case EXITED -> next == RUNNING || next == REMOVING;
          case REMOVING -> next == DEAD;
          case DEAD -> next == REMOVING;
        };
  }
}
