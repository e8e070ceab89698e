package io.sockerless.http;

import io.sockerless.engine.Engine;
import io.sockerless.engine.EngineException;
import java.util.Optional;

/**
 * Which API versions are served: from {@link #MINIMUM} to the backend's own, and Docker's words for
 * the others.
 */
public final class ApiVersions {

  /** The oldest version that today's Docker still documents. */
  public static final String MINIMUM = "1.24";

  private ApiVersions() {}

  /**
   * Lets a version pass that the engine speaks, or none.
   *
   * @throws EngineException.InvalidParameter for any other
   */
  public static void check(Optional<String> version, Engine engine) {
    if (version.isEmpty()) {
      return;
    }
    String asked = version.get();
    if (compare(asked, MINIMUM) < 0) {
      throw new EngineException.InvalidParameter(
          "client version "
              + asked
              + " is too old. Minimum supported API version is "
              + MINIMUM
              + ", please upgrade your client to a newer version");
    }
    String newest = engine.apiVersion();
    if (compare(asked, newest) > 0) {
      throw new EngineException.InvalidParameter(
          "client version " + asked + " is too new. Maximum supported API version is " + newest);
    }
  }

  /** Compares number by number; a missing one counts as 0. */
  static int compare(String left, String right) {
    String[] lefts = left.split("\\.", -1);
    String[] rights = right.split("\\.", -1);
    for (int i = 0; i < Math.max(lefts.length, rights.length); i++) {
      int order = Long.compare(number(lefts, i), number(rights, i));
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }

  private static long number(String[] parts, int index) {
    if (index >= parts.length) {
      return 0;
    }
    String part = parts[index];
    return part.length() > 9 ? Long.MAX_VALUE : Long.parseLong(part);
  }
}
