package io.sockerless.http;

import java.util.Arrays;
import java.util.Locale;
import org.eclipse.microprofile.config.Config;

/** How people say who they are whose browser has neither a certificate nor a token to show. */
public enum ConsoleLogin {
  /** They do not, and are anonymous. */
  NONE,
  /** They log in to the application server, by whatever its configuration asks of them. */
  SERVER;

  /** The setting that turns it on. */
  public static final String SETTING = "sockerless.console.login";

  /** Where the server asks, and where a provider of identities leads back to. */
  public static final String PATH = "/console/login";

  private static final String CONSOLE = "/console";

  /**
   * Reads the setting.
   *
   * @throws IllegalArgumentException for a value that it does not have
   */
  public static ConsoleLogin from(Config config) {
    String text = config.getOptionalValue(SETTING, String.class).orElse("none").strip();
    return Arrays.stream(values())
        .filter(value -> value.name().toLowerCase(Locale.ROOT).equals(text))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(SETTING + ": " + text + ": expected none or server"));
  }

  /** Whether a path is the console's: its files, what it asks for, and its calls of the engine. */
  public static boolean covers(String path) {
    return path.equals(CONSOLE) || path.startsWith(CONSOLE + "/");
  }
}
