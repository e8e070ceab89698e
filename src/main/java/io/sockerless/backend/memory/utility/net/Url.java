package io.sockerless.backend.memory.utility.net;

import io.sockerless.backend.memory.utility.Failure;
import java.util.Locale;
import java.util.Optional;

/**
 * Where an HTTP request goes.
 *
 * @param user name and password with a colon between, empty if there are none
 * @param path with the query, encoded as it was given
 */
record Url(String scheme, String user, String host, int port, String path) {

  private static final int HTTP = 80;
  private static final int HTTPS = 443;

  /** Reads a URL; without a scheme it is one of http; empty if it is of another scheme. */
  static Optional<Url> parse(String text) throws Failure {
    int colon = text.indexOf("://");
    String scheme = colon < 0 ? "http" : text.substring(0, colon).toLowerCase(Locale.ROOT);
    if (!scheme.equals("http") && !scheme.equals("https")) {
      return Optional.empty();
    }
    String rest = colon < 0 ? text : text.substring(colon + 3);
    int end = 0;
    while (end < rest.length() && "/?#".indexOf(rest.charAt(end)) < 0) {
      end++;
    }
    String authority = rest.substring(0, end);
    String path = rest.substring(end);
    int fragment = path.indexOf('#');
    path = fragment < 0 ? path : path.substring(0, fragment);
    path = path.startsWith("/") ? path : "/" + path;
    int at = authority.lastIndexOf('@');
    String user = at < 0 ? "" : authority.substring(0, at);
    String place = authority.substring(at + 1);
    int separator = place.lastIndexOf(':');
    int usual = scheme.equals("https") ? HTTPS : HTTP;
    boolean hasPort = separator >= 0 && separator + 1 < place.length();
    int port = hasPort ? Connecting.port(place.substring(separator + 1)) : usual;
    String host = separator < 0 ? place : place.substring(0, separator);
    return Optional.of(new Url(scheme, user, host, port, path.replace(" ", "%20")));
  }

  /** Where a redirect leads from here. */
  Optional<Url> resolve(String location) throws Failure {
    if (location.contains("://")) {
      return parse(location);
    }
    if (location.startsWith("//")) {
      return parse(scheme + ":" + location);
    }
    String bare = path.contains("?") ? path.substring(0, path.indexOf('?')) : path;
    String folder = bare.substring(0, bare.lastIndexOf('/') + 1);
    String target = location.startsWith("/") ? location : folder + location;
    return Optional.of(new Url(scheme, user, host, port, target));
  }

  /** Host and port as the {@code Host} header has them. */
  String authority() {
    boolean usual = port == (isSecure() ? HTTPS : HTTP);
    return usual ? host : host + ":" + port;
  }

  /** Whether it goes over TLS. */
  boolean isSecure() {
    return scheme.equals("https");
  }

  /** The name that a download gets. */
  String fileName() {
    String bare = path.contains("?") ? path.substring(0, path.indexOf('?')) : path;
    return bare.substring(bare.lastIndexOf('/') + 1);
  }

  @Override
  public String toString() {
    return scheme + "://" + authority() + path;
  }
}
