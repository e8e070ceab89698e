package io.sockerless.http;

import io.sockerless.engine.Answer;
import io.sockerless.engine.Engine;
import java.util.Optional;

/**
 * Which API versions are served: from {@link #MINIMUM} to the backend's own, and Docker's words for
 * the others. Clients of versions below it, when errors were no documents yet, get them as text.
 */
public final class ApiVersions {

  /** The oldest version that today's Docker still documents. */
  public static final String MINIMUM = "1.24";

  private ApiVersions() {}

  /**
   * The answer to a version that the engine does not speak; none to one that it does, or to none.
   */
  public static Optional<Answer> refusal(Optional<String> version, Engine engine) {
    if (version.isEmpty()) {
      return Optional.empty();
    }
    String asked = version.get();
    if (compare(asked, MINIMUM) < 0) {
      return Optional.of(
          Answer.text(
              400,
              "client version "
                  + asked
                  + " is too old. Minimum supported API version is "
                  + MINIMUM
                  + ", please upgrade your client to a newer version"));
    }
    String newest = engine.apiVersion();
    return compare(asked, newest) > 0
        ? Optional.of(
            Errors.answer(
                400,
                "client version "
                    + asked
                    + " is too new. Maximum supported API version is "
                    + newest))
        : Optional.empty();
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
