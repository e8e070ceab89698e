package io.sockerless.edge;

import io.sockerless.edge.Peer.Way;
import io.sockerless.wire.Headers;
import io.sockerless.wire.RequestHead;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Keeps the pages that a browser on this machine shows away from an API that hands out root. A page
 * that has its own name resolved to loopback comes with a foreign {@code Host} (DNS rebinding); one
 * that has the browser send a form, or open a WebSocket, comes with a foreign {@code Origin}. What
 * is no browser sends no {@code Origin}, and whatever {@code Host} it was told.
 */
final class BrowserGuard {

  /** A host as it stands in a {@code Host} field, and its port (RFC 9110, 7.2). */
  private static final Pattern AUTHORITY =
      Pattern.compile("(\\[[0-9a-f:.]+]|[a-z0-9._~%!$&'()*+,;=-]*)(?::([0-9]*))?");

  private static final Pattern ORIGIN = Pattern.compile("(https?)://([^/?#@]+)");

  private static final Pattern LOOPBACK =
      Pattern.compile("127(?:\\.[0-9]{1,3}){3}|\\[::1]|(?:[^.]+\\.)*localhost|docker|");

  private static final String CROSS_ORIGIN = "Access-Control-";

  private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");

  private final Set<String> names;

  /** Lets loopback be called by these names too, in lower case. */
  BrowserGuard(Set<String> names) {
    this.names = names;
  }

  /** What is wrong with a request, if a page may be behind it that is not ours. */
  Optional<String> objection(RequestHead head, Peer peer) {
    if (peer.way() == Way.UNIX) {
      return Optional.empty();
    }
    String host = head.headers().first("Host").orElse("").toLowerCase(Locale.ROOT);
    if (peer.way() == Way.LOOPBACK && !peer.encrypted() && !isOurs(host)) {
      return Optional.of(
          "the Host of the request is none of this machine's: "
              + EdgeConfig.NAMES
              + " lists what else it may be called");
    }
    return changesSomething(head) && isForeign(head.headers(), host, peer)
        ? Optional.of("the Origin of the request is another site")
        : Optional.empty();
  }

  /** The fields of an answer without those that would let another site read it. */
  static Headers ownSiteOnly(Headers answer) {
    return answer.withoutPrefix(CROSS_ORIGIN);
  }

  private boolean isOurs(String host) {
    Matcher authority = AUTHORITY.matcher(host);
    return authority.matches()
        && (LOOPBACK.matcher(authority.group(1)).matches() || names.contains(authority.group(1)));
  }

  private static boolean changesSomething(RequestHead head) {
    return !SAFE.contains(head.method()) || head.headers().first("Upgrade").isPresent();
  }

  private static boolean isForeign(Headers headers, String host, Peer peer) {
    List<String> origins = headers.all("Origin");
    return !origins.isEmpty()
        && (origins.size() > 1 || !isSame(origins.getFirst(), host, peer.encrypted()));
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
