package io.sockerless.edge.security;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.List;
import org.jose4j.http.Get;
import org.jose4j.jwk.HttpsJwks;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.keys.EcKeyUtil;
import org.jose4j.keys.RsaKeyUtil;
import org.jose4j.keys.resolvers.HttpsJwksVerificationKeyResolver;
import org.jose4j.keys.resolvers.JwksVerificationKeyResolver;
import org.jose4j.keys.resolvers.VerificationKeyResolver;
import org.jose4j.lang.JoseException;

/** The public keys of a token's issuer, in either form in which issuers publish them. */
final class VerificationKeys {

  private static final String CERTIFICATE = "-----BEGIN CERTIFICATE-----";
  private static final String PUBLIC_KEY = "-----BEGIN PUBLIC KEY-----";

  /** How long issuers may take to answer. */
  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  /** For how long keys are good without asking again. */
  private static final Duration KEPT = Duration.ofHours(1);

  /** For how long they stay good while the issuer does not answer. */
  private static final Duration KEPT_ALONE = Duration.ofDays(1);

  /** How often tokens of unknown keys may make us ask. */
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private VerificationKeys() {}

  /**
   * The set of keys that an issuer publishes: asked for with the first token, every hour, and when
   * a token names a key that is not in it.
   */
  static VerificationKeyResolver published(URI address) {
    Get get = new Get();
    get.setConnectTimeout((int) TIMEOUT.toMillis());
    get.setReadTimeout((int) TIMEOUT.toMillis());
    get.setRetries(0);
    HttpsJwks keys = new HttpsJwks(address.toString());
    keys.setSimpleHttpGet(get);
    keys.setDefaultCacheDuration(KEPT.toSeconds());
    keys.setRetainCacheOnErrorDuration(KEPT_ALONE.toSeconds());
    keys.setRefreshReprieveThreshold(PAUSE.toMillis());
    return new HttpsJwksVerificationKeyResolver(keys);
  }

  /**
   * Reads a public key or a certificate in PEM, or a set of keys in JSON.
   *
   * @throws IOException naming the setting if the file holds neither
   */
  static VerificationKeyResolver read(Path file) throws IOException {
    try {
      String text = Files.readString(file, StandardCharsets.UTF_8).strip();
      if (text.startsWith("{")) {
        return new JwksVerificationKeyResolver(publicKeys(text));
      }
      PublicKey key = text.startsWith(CERTIFICATE) ? certified(text) : key(text);
      return (signature, path) -> key;
    } catch (IOException | JoseException | GeneralSecurityException e) {
      throw new IOException(TokenConfig.KEY + ": " + file + ": " + e.getMessage(), e);
    }
  }

  /** Without symmetric ones: who can verify by such a key can also sign. */
  private static List<JsonWebKey> publicKeys(String json) throws JoseException, IOException {
    List<JsonWebKey> keys =
        new JsonWebKeySet(json)
            .getJsonWebKeys().stream().filter(PublicJsonWebKey.class::isInstance).toList();
    if (keys.isEmpty()) {
      throw new IOException("no public key in it");
    }
    return keys;
  }

  private static PublicKey certified(String text) throws GeneralSecurityException {
    return CertificateFactory.getInstance("X.509")
        .generateCertificate(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)))
        .getPublicKey();
  }

  private static PublicKey key(String text)
      throws IOException, JoseException, GeneralSecurityException {
    if (!text.startsWith(PUBLIC_KEY)) {
      throw new IOException("expected a public key or a certificate in PEM, or a JWKS");
    }
    try {
      return new RsaKeyUtil().fromPemEncoded(text);
    } catch (GeneralSecurityException e) {
      return new EcKeyUtil().fromPemEncoded(text);
    }
  }
}
