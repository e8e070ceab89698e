package io.sockerless.edge;

import io.sockerless.edge.security.TlsConfig;
import io.sockerless.edge.security.TokenConfig;
import io.sockerless.engine.ListenSettings;
import io.sockerless.http.ConsoleLogin;
import io.sockerless.http.Sites;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.config.Config;

/**
 * The edge's settings.
 *
 * @param listen where clients connect
 * @param names what clients may call this machine at an address on loopback, beside its own names
 * @param serverPort the application server's own port on loopback
 * @param drain how long a server that stops waits for requests under way
 * @param tls of all TCP addresses
 * @param tokens what bearer tokens are verified by, if any are accepted
 * @param login how people with a browser say who they are
 */
record EdgeConfig(
    List<ListenAddress> listen,
    Set<String> names,
    int serverPort,
    Duration drain,
    Optional<TlsConfig> tls,
    Optional<TokenConfig> tokens,
    ConsoleLogin login) {

  static final String INSECURE = "sockerless.listen.insecure";
  static final String DRAIN = "sockerless.drain";
  static final int DRAIN_DEFAULT = 10;

  /**
   * Reads and checks them.
   *
   * @throws IllegalArgumentException for an address that is malformed, or open to the network
   *     without TLS or leave
   */
  static EdgeConfig from(Config config) {
    List<ListenAddress> listen =
        ListenAddress.parseAll(
            config
                .getOptionalValue(ListenSettings.ADDRESSES, String.class)
                .orElse(ListenSettings.ADDRESSES_DEFAULT));
    Optional<TlsConfig> tls =
        TlsConfig.from(config, listen.stream().anyMatch(address -> !address.isLocal()));
    if (tls.isEmpty() && !config.getOptionalValue(INSECURE, Boolean.class).orElse(false)) {
      listen.forEach(EdgeConfig::refuseOpen);
    }
    return new EdgeConfig(
        listen,
        Sites.from(config).names(),
        config
            .getOptionalValue(ListenSettings.SERVER_PORT, Integer.class)
            .orElse(ListenSettings.SERVER_PORT_DEFAULT),
        Duration.ofSeconds(config.getOptionalValue(DRAIN, Integer.class).orElse(DRAIN_DEFAULT)),
        tls,
        TokenConfig.from(config),
        ConsoleLogin.from(config));
  }

  private static void refuseOpen(ListenAddress address) {
    if (!address.isLocal()) {
      throw new IllegalArgumentException(
          ListenSettings.ADDRESSES
              + ": "
              + address.text()
              + " is open to the network without TLS, which hands root on this machine to anyone who"
              + " can reach it; listen on loopback or a unix socket, set "
              + ListenSettings.TLS_CERTIFICATE
              + ", or allow it with "
              + INSECURE
              + "=true");
    }
  }

  /** Whether some requests are refused for want of an identity. */
  boolean requiresIdentity() {
    return tokens.isPresent()
        || login != ConsoleLogin.NONE
        || tls.filter(TlsConfig::requiresCertificates).isPresent();
  }
}
