package io.sockerless.agent.websocket;

import java.net.URI;

/**
 * Where a client's address leads.
 *
 * @param host a name or an address, without brackets
 * @param authority as the request's Host field has it
 * @param resource path and query
 */
record Target(boolean secure, String host, int port, String authority, String resource) {

  private static final int HTTP = 80;
  private static final int HTTPS = 443;

  /**
   * Reads the address.
   *
   * @throws IllegalArgumentException if it is not {@code ws://} or {@code wss://} and a host
   */
  static Target of(URI uri) {
    String scheme = String.valueOf(uri.getScheme());
    boolean secure = scheme.equalsIgnoreCase("wss");
    if ((!secure && !scheme.equalsIgnoreCase("ws")) || uri.getHost() == null) {
      throw new IllegalArgumentException("not the address of a WebSocket: " + scheme + ":");
    }
    String host = uri.getHost();
    String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    int port = uri.getPort() >= 0 ? uri.getPort() : secure ? HTTPS : HTTP;
    StringBuilder authority = new StringBuilder(host);
    if (uri.getPort() >= 0) {
      authority.append(':').append(port);
    }
    StringBuilder resource = new StringBuilder(uri.getRawPath());
    if (resource.isEmpty()) {
      resource.append('/');
    }
    if (uri.getRawQuery() != null) {
      resource.append('?').append(uri.getRawQuery());
    }
    return new Target(secure, bare, port, authority.toString(), resource.toString());
  }
}
