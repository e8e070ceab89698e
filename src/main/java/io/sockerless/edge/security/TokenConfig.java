package io.sockerless.edge.security;

import io.sockerless.wire.Loopback;
import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.config.Config;

/**
 * How bearer tokens are verified, by the settings that every MicroProfile server has for it.
 *
 * @param keys where the public keys are: a file in PEM or with a set of keys (JWKS), or the address
 *     at which the issuer publishes its set
 * @param issuer who must have made them
 * @param audiences whom they must be made for, one of these
 * @see <a
 *     href="https://download.eclipse.org/microprofile/microprofile-jwt-auth-2.1/microprofile-jwt-auth-spec-2.1.html">MicroProfile
 *     JWT</a>
 */
public record TokenConfig(URI keys, String issuer, List<String> audiences) {

  static final String KEY = "mp.jwt.verify.publickey.location";
  static final String ISSUER = "mp.jwt.verify.issuer";
  static final String AUDIENCES = "mp.jwt.verify.audiences";

  private static final Set<String> TRUSTED = Set.of("file", "https");

  /**
   * Reads and checks them.
   *
   * @return empty if no tokens are accepted
   * @throws IllegalArgumentException if issuer or audiences are missing, without which the token of
   *     another service would do
   */
  public static Optional<TokenConfig> from(Config config) {
    return TlsConfig.value(config, KEY)
        .map(key ->
            new TokenConfig(
                keys(key),
                TlsConfig.value(config, ISSUER).orElseThrow(() -> missing(ISSUER)),
                audiences(TlsConfig.value(config, AUDIENCES).orElse(""))));
  }

  private static List<String> audiences(String list) {
    List<String> audiences =
        Arrays.stream(list.split(",", -1))
            .map(String::strip)
            .filter(audience -> !audience.isEmpty())
            .toList();
    if (audiences.isEmpty()) {
      throw missing(AUDIENCES);
    }
    return audiences;
  }

  /** What comes unencrypted over a network could be anybody's key. */
  private static URI keys(String text) {
    if (!text.matches("[a-z]+:.*")) {
      return Path.of(text).toUri();
    }
    URI uri = URI.create(text);
    boolean local = uri.getScheme().equals("http") && Loopback.is(String.valueOf(uri.getHost()));
    if (!local && !TRUSTED.contains(uri.getScheme())) {
      throw new IllegalArgumentException(
          KEY + ": " + text + ": expected a file, an https URL, or an http one on loopback");
    }
    return uri;
  }

  /** The keys' file, unless they are published somewhere. */
  Optional<Path> file() {
    return keys.getScheme().equals("file") ? Optional.of(Path.of(keys)) : Optional.empty();
  }

  private static IllegalArgumentException missing(String setting) {
    return new IllegalArgumentException(setting + " is missing, which " + KEY + " needs");
  }
}
