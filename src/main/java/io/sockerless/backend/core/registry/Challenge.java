package io.sockerless.backend.core.registry;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a server wants to be shown who asks.
 *
 * @param scheme in small letters, such as {@code bearer}
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#name-www-authenticate">RFC 9110</a>
 */
record Challenge(String scheme, Map<String, String> parameters) {

  private static final Pattern START = Pattern.compile("\\s*([A-Za-z0-9!#$%&'*+.^_`|~-]+)\\s*");
  private static final Pattern PARAMETER =
      Pattern.compile(
          "\\s*,?\\s*([A-Za-z0-9_-]+)\\s*=\\s*(?:\"((?:[^\"\\\\]|\\\\.)*+)\"|([^\\s,\"]+))");

  /** The first of the schemes that we speak, bearer before basic. */
  static Optional<Challenge> best(List<String> headers) {
    List<Challenge> all = headers.stream().flatMap(header -> parse(header).stream()).toList();
    return all.stream()
        .filter(challenge -> challenge.scheme().equals("bearer"))
        .findFirst()
        .or(() -> all.stream().filter(challenge -> challenge.scheme().equals("basic")).findFirst());
  }

  private static Optional<Challenge> parse(String header) {
    Matcher start = START.matcher(header);
    if (!start.lookingAt()) {
      return Optional.empty();
    }
    Map<String, String> parameters = new LinkedHashMap<>();
    Matcher parameter = PARAMETER.matcher(header);
    int position = start.end();
    while (parameter.region(position, header.length()).lookingAt()) {
      String quoted = parameter.group(2);
      String value = quoted == null ? parameter.group(3) : quoted.replaceAll("\\\\(.)", "$1");
      parameters.put(parameter.group(1).toLowerCase(Locale.ROOT), value);
      position = parameter.end();
    }
    return Optional.of(new Challenge(start.group(1).toLowerCase(Locale.ROOT), parameters));
  }

  /** A parameter, empty if it is not there. */
  String get(String name) {
    return parameters.getOrDefault(name, "");
  }
}
