package io.sockerless.edge.security;

import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;

/**
 * How bearer tokens are verified, by the settings that every MicroProfile server has for it.
 *
 * @param key a file with a public key in PEM, or with a set of keys (JWKS)
 * @param issuer who must have made them
 * @param audiences whom they must be made for, one of these
 * @see <a
 *     href="https://download.eclipse.org/microprofile/microprofile-jwt-auth-2.1/microprofile-jwt-auth-spec-2.1.html">MicroProfile
 *     JWT</a>
 */
public record TokenConfig(Path key, String issuer, List<String> audiences) {

  static final String KEY = "mp.jwt.verify.publickey.location";
  static final String ISSUER = "mp.jwt.verify.issuer";
  static final String AUDIENCES = "mp.jwt.verify.audiences";

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
                path(key),
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

  private static Path path(String key) {
    if (key.startsWith("file:")) {
      return Path.of(URI.create(key));
    }
    if (key.matches("[a-z]+://.*")) {
      throw new IllegalArgumentException(KEY + ": " + key + ": expected a file");
    }
    return Path.of(key);
  }

  private static IllegalArgumentException missing(String setting) {
    return new IllegalArgumentException(setting + " is missing, which " + KEY + " needs");
  }
}
