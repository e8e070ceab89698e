package io.sockerless.edge.security;

import java.nio.file.Path;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;

/**
 * The settings of TLS, all paths of PEM files.
 *
 * @param certificate the server's own, with what is between it and its authority
 * @param key the private key of that
 * @param authorities who may vouch for clients
 * @param clients what is wanted of clients
 */
public record TlsConfig(
    Path certificate, Path key, Optional<Path> authorities, ClientCertificates clients) {

  /** The setting that turns TLS on for all {@code tcp://} addresses. */
  public static final String CERTIFICATE = "sockerless.tls.certificate";

  static final String KEY = "sockerless.tls.key";
  static final String AUTHORITIES = "sockerless.tls.ca";
  static final String CLIENT = "sockerless.tls.client";

  /**
   * Reads and checks them.
   *
   * @param open whether others than this machine can reach what is listened at
   * @return empty if TLS is not asked for
   * @throws IllegalArgumentException for settings that do not go together, or that would let anyone
   *     in without having said so
   */
  public static Optional<TlsConfig> from(Config config, boolean open) {
    Optional<Path> certificate = path(config, CERTIFICATE);
    Optional<Path> key = path(config, KEY);
    Optional<Path> authorities = path(config, AUTHORITIES);
    Optional<String> client = value(config, CLIENT);
    if (certificate.isEmpty() && key.isEmpty()) {
      if (authorities.isPresent() || client.isPresent()) {
        throw new IllegalArgumentException(
            (authorities.isPresent() ? AUTHORITIES : CLIENT)
                + " needs TLS, which "
                + CERTIFICATE
                + " and "
                + KEY
                + " turn on");
      }
      return Optional.empty();
    }
    ClientCertificates clients =
        client
            .map(ClientCertificates::parse)
            .orElse(
                open || authorities.isPresent()
                    ? ClientCertificates.REQUIRED
                    : ClientCertificates.NONE);
    if (clients != ClientCertificates.NONE && authorities.isEmpty()) {
      throw new IllegalArgumentException(
          AUTHORITIES
              + " is missing: clients must show a certificate, and it names who may vouch for them;"
              + " set it, or let in anyone who can reach the address with "
              + CLIENT
              + "=none");
    }
    return Optional.of(
        new TlsConfig(
            certificate.orElseThrow(() -> missing(CERTIFICATE, KEY)),
            key.orElseThrow(() -> missing(KEY, CERTIFICATE)),
            authorities,
            clients));
  }

  /** Whether a client without a certificate is refused. */
  public boolean requiresCertificates() {
    return clients == ClientCertificates.REQUIRED;
  }

  private static IllegalArgumentException missing(String key, String other) {
    return new IllegalArgumentException(key + " is missing, which " + other + " needs");
  }

  private static Optional<Path> path(Config config, String key) {
    return value(config, key).map(Path::of);
  }

  static Optional<String> value(Config config, String key) {
    return config.getOptionalValue(key, String.class).filter(text -> !text.isBlank());
  }
}
