package io.sockerless.edge;

import java.util.List;
import org.eclipse.microprofile.config.Config;

/**
 * The edge's settings.
 *
 * @param listen where clients connect
 * @param serverPort the application server's own port on loopback
 */
record EdgeConfig(List<ListenAddress> listen, int serverPort) {

  static final String LISTEN = "sockerless.listen";
  static final String LISTEN_DEFAULT = "tcp://127.0.0.1:2375";
  static final String INSECURE = "sockerless.listen.insecure";
  static final String HTTP_PORT = "sockerless.http.port";
  static final int HTTP_PORT_DEFAULT = 9080;

  /**
   * Reads and checks them.
   *
   * @throws IllegalArgumentException for an address that is malformed, or open to the network
   *     without leave
   */
  static EdgeConfig from(Config config) {
    List<ListenAddress> listen =
        ListenAddress.parseAll(
            config.getOptionalValue(LISTEN, String.class).orElse(LISTEN_DEFAULT));
    boolean insecure = config.getOptionalValue(INSECURE, Boolean.class).orElse(false);
    for (ListenAddress address : listen) {
      if (!address.isLocal() && !insecure) {
        throw new IllegalArgumentException(
            LISTEN
                + ": "
                + address.text()
                + " is open to the network without TLS, which hands root on this machine to anyone who"
                + " can reach it; listen on loopback or a unix socket, or allow it with "
                + INSECURE
                + "=true");
      }
    }
    return new EdgeConfig(
        listen, config.getOptionalValue(HTTP_PORT, Integer.class).orElse(HTTP_PORT_DEFAULT));
  }
}
