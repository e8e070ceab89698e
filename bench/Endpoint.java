import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;

/**
 * A Docker Engine API that is measured.
 *
 * @param name as the progress lines call it
 * @param host in the words of {@code DOCKER_HOST}, or {@code tls://} for TCP with TLS
 */
record Endpoint(String name, String host) {

  boolean isUnix() {
    return host.startsWith("unix://");
  }

  boolean isTls() {
    return host.startsWith("tls://");
  }

  SocketAddress address() {
    if (isUnix()) {
      return UnixDomainSocketAddress.of(path());
    }
    URI uri = URI.create(host);
    return new InetSocketAddress(uri.getHost(), uri.getPort() < 0 ? 2375 : uri.getPort());
  }

  /** The socket's file. */
  Path path() {
    return Path.of(host.substring("unix://".length()));
  }
}
