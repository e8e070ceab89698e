package io.sockerless.backend.docker;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.util.Set;

/**
 * Where the daemon is, in the words of {@code DOCKER_HOST}.
 *
 * @param text as it was written, for messages
 */
record DaemonAddress(String text, SocketAddress address) {

  private static final Set<String> SCHEMES = Set.of("tcp", "http", "https");
  private static final int PLAIN_PORT = 2375;
  private static final int TLS_PORT = 2376;

  /**
   * Reads {@code unix:///path} or {@code tcp://host[:port]}.
   *
   * @throws IllegalArgumentException for anything else
   */
  static DaemonAddress parse(String text, boolean tls) {
    if (text.startsWith("unix://")) {
      return new DaemonAddress(
          text, UnixDomainSocketAddress.of(Path.of(text.substring("unix://".length()))));
    }
    try {
      URI uri = new URI(text);
      if (uri.getHost() != null && SCHEMES.contains(uri.getScheme())) {
        int port = uri.getPort() >= 0 ? uri.getPort() : tls ? TLS_PORT : PLAIN_PORT;
        String host = uri.getHost().replaceAll("^\\[|]$", "");
        return new DaemonAddress(text, InetSocketAddress.createUnresolved(host, port));
      }
    } catch (URISyntaxException e) {
      // Refused below, in words that name the setting.
    }
    throw new IllegalArgumentException(
        DockerConfig.HOST + ": " + text + ": expected unix:///path or tcp://host:port");
  }

  /** The address with its name looked up now, since a daemon may move. */
  SocketAddress resolve() {
    return address instanceof InetSocketAddress tcp
        ? new InetSocketAddress(tcp.getHostString(), tcp.getPort())
        : address;
  }
}
