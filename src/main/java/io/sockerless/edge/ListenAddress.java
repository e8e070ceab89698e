package io.sockerless.edge;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * One place to listen at, as {@code sockerless.listen} names it.
 *
 * @param text as it was written, for messages
 */
record ListenAddress(String text, SocketAddress address) {

  /** All addresses of a comma-separated list. */
  static List<ListenAddress> parseAll(String list) {
    return Arrays.stream(list.split(",", -1))
        .map(String::strip)
        .filter(text -> !text.isEmpty())
        .map(ListenAddress::parse)
        .toList();
  }

  /**
   * Reads {@code tcp://host:port} or {@code unix:///path}.
   *
   * @throws IllegalArgumentException for anything else
   */
  static ListenAddress parse(String text) {
    if (text.startsWith("unix://")) {
      Path path = Path.of(text.substring("unix://".length()));
      if (!path.isAbsolute()) {
        throw new IllegalArgumentException(
            "sockerless.listen: "
                + text
                + ": a unix socket needs an absolute path, as in unix:///run/sockerless.sock");
      }
      return new ListenAddress(text, UnixDomainSocketAddress.of(path));
    }
    URI uri;
    try {
      uri = URI.create(text);
    } catch (IllegalArgumentException e) {
      throw malformed(text);
    }
    if (!"tcp".equals(uri.getScheme())
        || uri.getHost() == null
        || uri.getPort() < 0
        || uri.getPort() > 65535) {
      throw malformed(text);
    }
    String host = uri.getHost().replaceAll("^\\[|]$", "");
    return new ListenAddress(text, new InetSocketAddress(host, uri.getPort()));
  }

  private static IllegalArgumentException malformed(String text) {
    return new IllegalArgumentException(
        "sockerless.listen: " + text + ": expected tcp://host:port or unix:///path");
  }

  /** Whether only this machine can reach it. */
  boolean isLocal() {
    return !(address instanceof InetSocketAddress tcp)
        || (tcp.getAddress() != null && tcp.getAddress().isLoopbackAddress());
  }
}
