package io.sockerless.backend.core;

import java.nio.file.Path;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;

/**
 * How a backend over the core is set up.
 *
 * @param data the folder that holds all state
 * @param synthetic whether containers that nothing can run are to pretend
 */
record CoreConfig(Path data, boolean synthetic) {

  static final String DATA = "sockerless.data";
  static final String SYNTHETIC = "sockerless.synthetic";

  /**
   * Reads the settings. Without one the data folder is where the system keeps an application's
   * data: {@code XDG_DATA_HOME}, else {@code ~/.local/share}.
   */
  static CoreConfig from(Config config) {
    Path data =
        value(config, DATA)
            .map(Path::of)
            .orElseGet(() ->
                value(config, "XDG_DATA_HOME")
                    .map(Path::of)
                    .orElse(Path.of(System.getProperty("user.home"), ".local", "share"))
                    .resolve("sockerless"));
    boolean synthetic = config.getOptionalValue(SYNTHETIC, Boolean.class).orElse(false);
    return new CoreConfig(data.toAbsolutePath().normalize(), synthetic);
  }

  private static Optional<String> value(Config config, String key) {
    return config.getOptionalValue(key, String.class).filter(text -> !text.isBlank());
  }
}
