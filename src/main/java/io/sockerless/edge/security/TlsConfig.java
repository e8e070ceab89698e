package io.sockerless.edge.security;

import io.sockerless.engine.ListenSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;

/**
 * The settings of TLS, all paths of PEM files.
 *
 * @param certificate the server's own, with what is between it and its authority
 * @param key the private key of that
 * @param authorities who may vouch for clients
 * @param revoked the certificates that authorities have taken back
 * @param clients what is wanted of clients
 */
public record TlsConfig(
    Path certificate,
    Path key,
    Optional<Path> authorities,
    Optional<Path> revoked,
    ClientCertificates clients) {

  static final String KEY = "sockerless.tls.key";
  static final String AUTHORITIES = "sockerless.tls.ca";
  static final String REVOKED = "sockerless.tls.crl";
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
    Optional<Path> certificate = path(config, ListenSettings.TLS_CERTIFICATE);
    Optional<Path> key = path(config, KEY);
    Optional<Path> authorities = path(config, AUTHORITIES);
    Optional<Path> revoked = path(config, REVOKED);
    Optional<String> client = value(config, CLIENT);
    if (certificate.isEmpty() && key.isEmpty()) {
      refuseWithoutTls(config);
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
    if (revoked.isPresent() && clients == ClientCertificates.NONE) {
      throw new IllegalArgumentException(REVOKED + ": clients are not asked for certificates");
    }
    return Optional.of(
        new TlsConfig(
            certificate.orElseThrow(() -> missing(ListenSettings.TLS_CERTIFICATE, KEY)),
            key.orElseThrow(() -> missing(KEY, ListenSettings.TLS_CERTIFICATE)),
            authorities,
            revoked,
            clients));
  }

  /** Whether a client without a certificate is refused. */
  public boolean requiresCertificates() {
    return clients == ClientCertificates.REQUIRED;
  }

  /** A setting of a TLS that is not there was meant to keep somebody out. */
  private static void refuseWithoutTls(Config config) {
    for (String key : List.of(AUTHORITIES, REVOKED, CLIENT)) {
      if (value(config, key).isPresent()) {
        throw new IllegalArgumentException(
            key
                + " needs TLS, which "
                + ListenSettings.TLS_CERTIFICATE
                + " and "
                + KEY
                + " turn on");
      }
    }
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
