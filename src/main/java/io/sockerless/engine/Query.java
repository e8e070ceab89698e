package io.sockerless.engine;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The query of a request, kept as it was written so that parameters nobody here knows pass through,
 * with Docker's own reading of the known ones.
 *
 * @param raw percent-encoded, without the question mark; empty if there was none
 */
public record Query(String raw) {

  private static final Query NONE = new Query("");
  private static final Set<String> FALSE = Set.of("", "0", "no", "false", "none");

  /** No parameters. */
  public static Query none() {
    return NONE;
  }

  /** The first value of a parameter, decoded. */
  public Optional<String> first(String name) {
    return all(name).stream().findFirst();
  }

  /** All values of a parameter, decoded, in order. */
  public List<String> all(String name) {
    List<String> values = new ArrayList<>(1);
    if (raw.isEmpty()) {
      return values;
    }
    for (String pair : raw.split("&", -1)) {
      int equals = pair.indexOf('=');
      String key = equals < 0 ? pair : pair.substring(0, equals);
      if (decode(key).equals(name)) {
        values.add(equals < 0 ? "" : decode(pair.substring(equals + 1)));
      }
    }
    return values;
  }

  /**
   * A boolean as dockerd reads one: all is true but an absent or empty value, {@code 0}, {@code
   * no}, {@code false}, {@code none}.
   */
  public boolean flag(String name) {
    return !FALSE.contains(first(name).orElse("").strip().toLowerCase(Locale.ROOT));
  }

  /** These parameters and one more. */
  public Query and(String name, String value) {
    String pair = encode(name) + "=" + encode(value);
    return new Query(raw.isEmpty() ? pair : raw + "&" + pair);
  }

  /** These parameters but those of one name. */
  public Query without(String name) {
    List<String> kept = new ArrayList<>();
    for (String pair : raw.split("&", -1)) {
      if (!pair.isEmpty() && !decode(pair.split("=", 2)[0]).equals(name)) {
        kept.add(pair);
      }
    }
    return new Query(String.join("&", kept));
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static String decode(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new EngineException.InvalidParameter("invalid URL escape in the query: " + text);
    }
  }
}
