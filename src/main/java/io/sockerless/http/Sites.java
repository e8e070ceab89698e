package io.sockerless.http;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.Config;

/**
 * Tells requests of web pages that are not ours, at the edge and at the server's own port alike. A
 * page that has its own name resolved to loopback comes with a foreign {@code Host} (DNS
 * rebinding); one that has the browser send a form, or open a WebSocket, comes with a foreign
 * {@code Origin}. What is no browser sends no {@code Origin}, and whatever {@code Host} it was
 * told.
 *
 * @param names what loopback may be called beside its own names, in lower case
 */
public record Sites(Set<String> names) {

  /** The setting of those names. */
  public static final String NAMES = "sockerless.listen.names";

  /** A host as it stands in a {@code Host} field, and its port (RFC 9110, 7.2). */
  private static final Pattern AUTHORITY =
      Pattern.compile("(\\[[0-9a-f:.]+]|[a-z0-9._~%!$&'()*+,;=-]*)(?::([0-9]*))?");

  private static final Pattern ORIGIN = Pattern.compile("(https?)://([^/?#@]+)");

  private static final Pattern LOOPBACK =
      Pattern.compile("127(?:\\.[0-9]{1,3}){3}|\\[::1]|(?:[^.]+\\.)*localhost|docker|");

  private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");

  /** Reads the setting. */
  public static Sites from(Config config) {
    return new Sites(
        Arrays.stream(config.getOptionalValue(NAMES, String.class).orElse("").split(",", -1))
            .map(name -> name.strip().toLowerCase(Locale.ROOT))
            .filter(name -> !name.isEmpty())
            .collect(Collectors.toUnmodifiableSet()));
  }

  /**
   * A request's head, as far as it tells.
   *
   * @param upgrades whether it asks for another protocol
   * @param encrypted whether it came over TLS, whose certificate proves the name
   * @param loopback whether it came to an address that only this machine reaches
   */
  public record Request(
      String method,
      String host,
      List<String> origins,
      boolean upgrades,
      boolean encrypted,
      boolean loopback) {}

  /** What is wrong with a request, if a page may be behind it that is not ours. */
  public Optional<String> objection(Request request) {
    String host = request.host().toLowerCase(Locale.ROOT);
    if (request.loopback() && !request.encrypted() && !isOurs(host)) {
      return Optional.of(
          "the Host of the request is none of this machine's: "
              + NAMES
              + " lists what else it may be called");
    }
    boolean changes = !SAFE.contains(request.method()) || request.upgrades();
    return changes && isForeign(request.origins(), host, request.encrypted())
        ? Optional.of("the Origin of the request is another site")
        : Optional.empty();
  }

  private boolean isOurs(String host) {
    Matcher authority = AUTHORITY.matcher(host);
    return authority.matches()
        && (LOOPBACK.matcher(authority.group(1)).matches() || names.contains(authority.group(1)));
  }

  private static boolean isForeign(List<String> origins, String host, boolean encrypted) {
    return !origins.isEmpty()
        && (origins.size() > 1 || !isSame(origins.getFirst(), host, encrypted));
  }

  /**
   * Whether a page of this origin is one that we served under this host. A proxy before a plain
   * address may have taken TLS away.
   */
  private static boolean isSame(String origin, String host, boolean encrypted) {
    Matcher parts = ORIGIN.matcher(origin.toLowerCase(Locale.ROOT));
    if (!parts.matches() || (encrypted && parts.group(1).equals("http"))) {
      return false;
    }
    String port = parts.group(1).equals("https") ? "443" : "80";
    Optional<String> theirs = withPort(parts.group(2), port);
    return theirs.isPresent() && theirs.equals(withPort(host, port));
  }

  private static Optional<String> withPort(String authority, String usual) {
    Matcher parts = AUTHORITY.matcher(authority);
    if (!parts.matches() || parts.group(1).isEmpty()) {
      return Optional.empty();
    }
    String port = Optional.ofNullable(parts.group(2)).filter(it -> !it.isEmpty()).orElse(usual);
    return Optional.of(parts.group(1) + ":" + port);
  }
}
