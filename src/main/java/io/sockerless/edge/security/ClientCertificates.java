package io.sockerless.edge.security;

import java.util.Arrays;
import java.util.Locale;

/** What a TLS listener wants of its clients' certificates. */
public enum ClientCertificates {
  /** Who has none is refused in the handshake, as {@code dockerd --tlsverify} does. */
  REQUIRED,
  /** Who has one shows it, and it must be good. */
  WANTED,
  /** Nobody is asked. */
  NONE;

  static ClientCertificates parse(String text) {
    return Arrays.stream(values())
        .filter(value -> value.name().toLowerCase(Locale.ROOT).equals(text.strip()))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                TlsConfig.CLIENT + ": " + text + ": expected required, wanted or none"));
  }
}
