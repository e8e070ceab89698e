package io.sockerless.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A path of the Docker Engine API, its version prefix apart. The console has all of them below
 * {@link #CONSOLE} too, so that a browser which has logged in shows that to its calls and to no
 * others.
 *
 * @param version such as {@code 1.41}; none for an unversioned path
 * @param path what follows, with its leading slash
 */
public record ApiPath(Optional<String> version, String path) {

  /** What the console's page puts before a path. */
  public static final String CONSOLE = "/console/engine";

  private static final Pattern VERSIONED = Pattern.compile("/v([0-9]+(?:\\.[0-9]+)*)(/.*)");

  /** Takes a path apart. */
  public static ApiPath of(String whole) {
    String path = whole.startsWith(CONSOLE + "/") ? whole.substring(CONSOLE.length()) : whole;
    if (!path.startsWith("/v")) {
      return new ApiPath(Optional.empty(), path);
    }
    Matcher matcher = VERSIONED.matcher(path);
    return matcher.matches()
        ? new ApiPath(Optional.of(matcher.group(1)), matcher.group(2))
        : new ApiPath(Optional.empty(), path);
  }

  /** A name as it stands in a path, its escapes undone. */
  public static String decode(String name) {
    return name.indexOf('%') < 0
        ? name
        : URLDecoder.decode(name.replace("+", "%2B"), StandardCharsets.UTF_8);
  }
}
