package io.sockerless.support;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import io.sockerless.wire.ChannelTransport;
import io.sockerless.wire.Connection;
import io.sockerless.wire.Transport;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.util.Optional;

/**
 * The real daemon that tests run against: the one at {@code DOCKER_HOST}, else at the standard
 * socket.
 */
public final class DockerDaemon {

  private static final String HOST =
      Optional.ofNullable(System.getenv("DOCKER_HOST"))
          .filter(text -> !text.isBlank())
          .orElse("unix:///var/run/docker.sock");

  private DockerDaemon() {}

  /** Where it is, in the words of {@code DOCKER_HOST}. */
  public static String host() {
    return HOST;
  }

  /**
   * Skips the test, loudly, where no daemon answers; fails it where {@code
   * SOCKERLESS_TEST_REQUIRE_DOCKER} is set.
   */
  public static void require() {
    try (Transport transport = connect()) {
      return;
    } catch (IOException e) {
      String message =
          "NO DOCKER DAEMON at " + HOST + " (" + e.getMessage() + "): this test did not run";
      System.err.println(message);
      if ("true".equals(System.getenv("SOCKERLESS_TEST_REQUIRE_DOCKER"))) {
        fail(message);
      }
      abort(message);
    }
  }

  /** A raw connection to the daemon, for comparing what it says with what we say. */
  public static Connection open() throws IOException {
    return new Connection(connect());
  }

  private static Transport connect() throws IOException {
    return ChannelTransport.connect(address());
  }

  private static SocketAddress address() {
    if (HOST.startsWith("unix://")) {
      return UnixDomainSocketAddress.of(HOST.substring("unix://".length()));
    }
    URI uri = URI.create(HOST);
    return new InetSocketAddress(uri.getHost(), uri.getPort());
  }
}
