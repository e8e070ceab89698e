package io.sockerless.backend.core.value;

import java.util.Optional;

/**
 * The other container whose network, processes or memory a container is to have: what {@code
 * NetworkMode}, {@code PidMode} and {@code IpcMode} say as {@code container:NAME}.
 */
public final class JoinedContainer {

  private static final String PREFIX = "container:";

  private JoinedContainer() {}

  /** The id or name that a mode has, as it was written; none where it is of another kind. */
  public static Optional<String> of(String mode) {
    return mode.startsWith(PREFIX)
        ? Optional.of(mode.substring(PREFIX.length()))
        : Optional.empty();
  }

  /** The mode that names a container. */
  public static String mode(String container) {
    return PREFIX + container;
  }
}
