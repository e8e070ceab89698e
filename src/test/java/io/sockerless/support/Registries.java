package io.sockerless.support;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;

/** The registries on loopback that tests pull from. */
public final class Registries {

  /** Without credentials. */
  public static final String OPEN_IMAGE = "127.0.0.1:5000/sockerless/hello:1";

  /** For {@link #USER} alone. */
  public static final String PRIVATE_IMAGE = "127.0.0.1:5001/private/hello:1";

  /** Where {@link #PRIVATE_IMAGE} is. */
  public static final String PRIVATE = "127.0.0.1:5001";

  /** Who may pull {@link #PRIVATE_IMAGE}. */
  public static final String USER = "sock";

  /** The password of {@link #USER}. */
  public static final String PASSWORD = "less";

  private Registries() {}

  /** Skips the test, loudly, where a registry is missing; fails it where Docker is required. */
  public static void require() {
    for (int port : new int[] {5000, 5001}) {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        continue;
      } catch (IOException e) {
        String message = "NO REGISTRY at 127.0.0.1:" + port + ": this test did not run";
        System.err.println(message);
        if ("true".equals(System.getenv("SOCKERLESS_TEST_REQUIRE_DOCKER"))) {
          fail(message);
        }
        abort(message);
      }
    }
  }

  /** The credentials of {@link #USER} in Docker's form. */
  public static String credentials(String password) {
    return "{\"username\": \"%s\", \"password\": \"%s\", \"serveraddress\": \"%s\"}"
        .formatted(USER, password, PRIVATE);
  }
}
