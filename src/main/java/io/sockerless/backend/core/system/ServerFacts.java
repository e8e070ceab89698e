package io.sockerless.backend.core.system;

import java.nio.file.Path;
import java.util.List;

/**
 * What clients are told of the server, and only the engine knows.
 *
 * @param backend as the setting spells it
 * @param version of this build
 * @param data the data folder
 * @param mirrors of Docker Hub, as URLs
 * @param logDrivers that containers may ask for
 */
public record ServerFacts(
    String backend, String version, Path data, List<String> mirrors, List<String> logDrivers) {

  /** Copies the lists. */
  public ServerFacts {
    mirrors = List.copyOf(mirrors);
    logDrivers = List.copyOf(logDrivers);
  }
}
