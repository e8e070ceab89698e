package io.sockerless.backend.core.system;

import io.sockerless.backend.core.value.ApiVersion;
import java.nio.file.Path;
import java.util.List;

/**
 * What clients are told of the server, and only the engine knows.
 *
 * @param backend as the setting spells it
 * @param build the version of this build
 * @param data the data folder
 * @param mirrors of Docker Hub, as URLs
 * @param logDrivers that containers may ask for
 */
public record ServerFacts(
    String backend, String build, Path data, List<String> mirrors, List<String> logDrivers) {

  /** Copies the lists. */
  public ServerFacts {
    mirrors = List.copyOf(mirrors);
    logDrivers = List.copyOf(logDrivers);
  }

  /**
   * The version that clients read as Docker's: they ask for a release that has what they need,
   * which a version of our own would never be. It ends with ours as distributions' versions end
   * with theirs.
   */
  String version() {
    return ApiVersion.DOCKER_RELEASE + "+sockerless." + build;
  }
}
