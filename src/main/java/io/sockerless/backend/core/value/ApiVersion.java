package io.sockerless.backend.core.value;

import io.sockerless.engine.Call;

/** The version of the Docker Engine API that the backends speak, and how calls compare with it. */
public final class ApiVersion {

  /** The newest one. */
  public static final String NEWEST = "1.51";

  /** The oldest one that clients may ask for. */
  public static final String OLDEST = "1.24";

  /** The release of Docker's engine that speaks the newest one, and whose behaviour is followed. */
  public static final String DOCKER_RELEASE = "28.5.2";

  private ApiVersion() {}

  /**
   * Whether the client asked for a version before {@code 1.minor}; one that asked for none gets the
   * newest.
   */
  public static boolean isBefore(Call call, int minor) {
    return call.version()
        .map(version -> Integer.parseInt(version.substring(version.indexOf('.') + 1)) < minor)
        .orElse(false);
  }
}
