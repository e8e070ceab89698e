package io.sockerless.policy;

import java.nio.file.Path;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;

/**
 * The policy's settings.
 *
 * @param file the rules; without it, everything is allowed
 */
record PolicyConfig(Optional<Path> file, Mode mode) {

  static final String FILE = "sockerless.policy.file";
  static final String MODE = "sockerless.policy.mode";
  static final String MODE_DEFAULT = "enforce";

  /**
   * Reads and checks them.
   *
   * @throws IllegalArgumentException for a mode that there is not, or one without a file
   */
  static PolicyConfig from(Config config) {
    Optional<Path> file = file(config);
    Optional<String> mode = config.getOptionalValue(MODE, String.class);
    if (mode.isPresent() && file.isEmpty()) {
      throw new IllegalArgumentException(MODE + " is set and " + FILE + " is not");
    }
    return new PolicyConfig(file, Mode.of(mode.orElse(MODE_DEFAULT)));
  }

  /** Where the rules are, without a look at the other settings. */
  static Optional<Path> file(Config config) {
    return config.getOptionalValue(FILE, String.class).map(Path::of);
  }
}
