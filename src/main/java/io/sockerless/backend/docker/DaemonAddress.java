package io.sockerless.backend.docker;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;

/**
 * Where the daemon is, in the words of {@code DOCKER_HOST}.
 *
 * @param text as it was written, for messages
 */
record DaemonAddress(String text, SocketAddress address) {

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
    if (text.startsWith("tcp://") || text.startsWith("http://") || text.startsWith("https://")) {
      URI uri = URI.create(text);
      if (uri.getHost() != null) {
        int port = uri.getPort() >= 0 ? uri.getPort() : tls ? TLS_PORT : PLAIN_PORT;
        return new DaemonAddress(
            text,
            InetSocketAddress.createUnresolved(uri.getHost().replaceAll("^\\[|]$", ""), port));
      }
    }
    throw new IllegalArgumentException(
        "sockerless.docker.host: " + text + ": expected unix:///path or tcp://host:port");
  }

  /** The address with its name looked up now, since a daemon may move. */
  SocketAddress resolve() {
    return address instanceof InetSocketAddress tcp
        ? new InetSocketAddress(tcp.getHostString(), tcp.getPort())
        : address;
  }
}
