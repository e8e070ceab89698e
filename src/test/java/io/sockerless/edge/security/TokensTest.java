package io.sockerless.edge.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.sockerless.engine.Identity;
import io.sockerless.support.Settings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Key;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tuple;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.keys.HmacKey;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokensTest {

  private static final PublicJsonWebKey RSA = rsa();
  private static final PublicJsonWebKey EC = ec();

  @TempDir private static Path folder;

  private static Tokens byPem;
  private static Tokens bySet;

  @BeforeAll
  static void start() throws IOException {
    byPem = tokens(Files.writeString(folder.resolve("key.pem"), pem(RSA)));
    bySet = tokens(Files.writeString(folder.resolve("keys.json"), set(RSA, EC)));
  }

  private static PublicJsonWebKey rsa() {
    try {
      PublicJsonWebKey key = RsaJwkGenerator.generateJwk(2048);
      key.setKeyId("r");
      return key;
    } catch (JoseException e) {
      throw new IllegalStateException(e);
    }
  }

  private static PublicJsonWebKey ec() {
    try {
      PublicJsonWebKey key = EcJwkGenerator.generateJwk(EllipticCurves.P256);
      key.setKeyId("e");
      return key;
    } catch (JoseException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String pem(PublicJsonWebKey key) {
    return "-----BEGIN PUBLIC KEY-----\n"
        + Base64.getMimeEncoder().encodeToString(key.getPublicKey().getEncoded())
        + "\n-----END PUBLIC KEY-----\n";
  }

  private static String set(PublicJsonWebKey... keys) {
    return new JsonWebKeySet(keys).toJson(OutputControlLevel.PUBLIC_ONLY);
  }

  private static Tokens tokens(Path key) {
    return tokens(key.toString());
  }

  private static Tokens tokens(String keys) {
    return new Tokens(
        TokenConfig.from(
                Settings.of(
                    "mp.jwt.verify.publickey.location",
                    keys,
                    "mp.jwt.verify.issuer",
                    "https://issuer",
                    "mp.jwt.verify.audiences",
                    "docker, sockerless"))
            .orElseThrow());
  }

  private static JwtClaims claims() {
    JwtClaims claims = new JwtClaims();
    claims.setIssuer("https://issuer");
    claims.setAudience("sockerless");
    claims.setExpirationTimeMinutesInTheFuture(5);
    claims.setSubject("alice");
    return claims;
  }

  private static String sign(JwtClaims claims, PublicJsonWebKey key, String algorithm) {
    return sign(claims, key.getPrivateKey(), key.getKeyId(), algorithm);
  }

  private static String sign(JwtClaims claims, Key key, String id, String algorithm) {
    JsonWebSignature signature = new JsonWebSignature();
    signature.setPayload(claims.toJson());
    signature.setKey(key);
    signature.setKeyIdHeaderValue(id);
    signature.setAlgorithmHeaderValue(algorithm);
    signature.setDoKeyValidation(false);
    signature.setAlgorithmConstraints(org.jose4j.jwa.AlgorithmConstraints.NO_CONSTRAINTS);
    try {
      return signature.getCompactSerialization();
    } catch (JoseException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aTokenOfTheKeyIsGoodAndSaysWhoItIs() throws Exception {
    assertThat(byPem.verify(sign(claims(), RSA, "RS256"))).isEqualTo(Identity.of("alice"));
  }

  @Test
  void aSetMayHoldKeysOfBothKinds() throws Exception {
    assertThat(bySet.verify(sign(claims(), RSA, "RS256")).name()).isEqualTo("alice");
    assertThat(bySet.verify(sign(claims(), EC, "ES256")).name()).isEqualTo("alice");
  }

  @Test
  void anEllipticKeyMayStandInPem() throws Exception {
    Path file = Files.writeString(folder.resolve("ec.pem"), pem(EC));
    assertThat(tokens(file).verify(sign(claims(), EC, "ES256")).name()).isEqualTo("alice");
  }

  @Test
  void theNameIsThatOfTheFirstClaimThatHasOneAndGroupsAreGroups() throws Exception {
    JwtClaims claims = claims();
    claims.setStringListClaim("groups", List.of("developers", "admins"));
    claims.setStringClaim("preferred_username", "alice.a");
    assertThat(byPem.verify(sign(claims, RSA, "RS256")))
        .isEqualTo(new Identity("alice.a", Set.of("admins", "developers")));
    claims.setStringClaim("upn", "alice@example.com");
    assertThat(byPem.verify(sign(claims, RSA, "RS256")).name()).isEqualTo("alice@example.com");
  }

  static Stream<Arguments> faults() {
    return Stream.of(
        fault("the token has expired", claims -> claims.setExpirationTime(inSeconds(-40))),
        fault("the token is not valid yet", claims -> claims.setNotBefore(inSeconds(60))),
        fault("the token is of another issuer", claims -> claims.setIssuer("https://other")),
        fault("the token is not valid", claims -> claims.unsetClaim("iss")),
        fault("the token is for somebody else", claims -> claims.setAudience("other")),
        fault("the token is not valid", claims -> claims.unsetClaim("aud")),
        fault("the token is not valid", claims -> claims.unsetClaim("exp")),
        fault("the token names nobody", claims -> claims.unsetClaim("sub")),
        fault("the token names nobody", claims -> claims.setSubject("local")),
        fault("the token names nobody", claims -> claims.setSubject("a\nb")),
        fault("the token names nobody", claims -> claims.setClaim("groups", 7)));
  }

  private static NumericDate inSeconds(long seconds) {
    NumericDate date = NumericDate.now();
    date.addSeconds(seconds);
    return date;
  }

  private static Arguments fault(String message, Consumer<JwtClaims> fault) {
    return Arguments.of(message, fault);
  }

  @ParameterizedTest
  @MethodSource("faults")
  void aTokenThatIsNotForUsNowLetsNobodyIn(String message, Consumer<JwtClaims> fault) {
    JwtClaims claims = claims();
    fault.accept(claims);
    assertRefused(sign(claims, RSA, "RS256"), message);
  }

  private static void assertRefused(String token, String message) {
    assertRefused(byPem, token, message);
  }

  private static void assertRefused(Tokens tokens, String token, String message) {
    assertThatExceptionOfType(Tokens.Refused.class)
        .isThrownBy(() -> tokens.verify(token))
        .withMessage(message);
  }

  @Test
  void aTokenOfAnotherKeyLetsNobodyIn() {
    assertRefused(sign(claims(), rsa(), "RS256"), "the token is not valid");
  }

  @Test
  void thePublicKeyIsNoSecretToSignWith() {
    Key secret = new HmacKey(RSA.getPublicKey().getEncoded());
    assertRefused(sign(claims(), secret, "r", "HS256"), "the token is not valid");
  }

  @Test
  void aTokenThatNobodySignedLetsNobodyIn() {
    assertRefused(
        encode("{\"alg\":\"none\"}") + "." + encode(claims().toJson()) + ".",
        "the token is not valid");
  }

  private static String encode(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void algorithmsThatWeDoNotNameAreRefusedThoughTheKeyFits() {
    assertRefused(sign(claims(), RSA, "RS512"), "the token is not valid");
    assertRefused(sign(claims(), RSA, "PS256"), "the token is not valid");
  }

  @Property(tries = 200)
  void whateverIsNoTokenIsRefused(@ForAll String text) {
    assertRefused(text, "the token is not valid");
  }

  @Property(tries = 200)
  void aTokenWithOneCharacterChangedIsRefused(@ForAll int position, @ForAll char with) {
    String token = sign(claims(), RSA, "RS256");
    // The last character of each part may hold bits that mean nothing.
    int at = Math.floorMod(position, token.length());
    Tuple.Tuple2<Integer, String> changed =
        Tuple.of(at, token.substring(0, at) + with + token.substring(at + 1));
    if (!changed.get2().equals(token) && at < token.length() - 1) {
      assertThatExceptionOfType(Tokens.Refused.class)
          .isThrownBy(() -> byPem.verify(changed.get2()));
    }
  }

  @Test
  void keysThatAreReplacedAreTakenUp() throws Exception {
    Path file = Files.writeString(folder.resolve("rotating.pem"), pem(RSA));
    Tokens tokens = tokens(file);
    PublicJsonWebKey next = rsa();
    Files.writeString(file, pem(next) + "\n");
    tokens.refresh();
    assertThat(tokens.verify(sign(claims(), next, "RS256")).name()).isEqualTo("alice");
    assertThatExceptionOfType(Tokens.Refused.class)
        .isThrownBy(() -> tokens.verify(sign(claims(), RSA, "RS256")));
  }

  @Test
  void publishedKeysAreFetchedAndFollowed() throws Exception {
    List<PublicJsonWebKey> published = new CopyOnWriteArrayList<>(List.of(RSA));
    HttpServer issuer =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    issuer.createContext(
        "/keys",
        exchange -> {
          byte[] bytes =
              set(published.toArray(PublicJsonWebKey[]::new)).getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    issuer.start();
    try {
      Tokens tokens = tokens("http://127.0.0.1:" + issuer.getAddress().getPort() + "/keys");
      assertThat(tokens.verify(sign(claims(), RSA, "RS256")).name()).isEqualTo("alice");
      assertRefused(tokens, sign(claims(), EC, "ES256"), "the token is not valid");
      published.add(EC);
      await()
          .ignoreException(Tokens.Refused.class)
          .until(() -> tokens.verify(sign(claims(), EC, "ES256")).name().equals("alice"));
    } finally {
      issuer.stop(0);
    }
  }

  @Test
  void whileNoKeysCanBeFetchedNobodyIsLetIn() throws Exception {
    int port;
    try (ServerSocket closed = new ServerSocket(0)) {
      port = closed.getLocalPort();
    }
    assertRefused(
        tokens("http://127.0.0.1:" + port + "/keys"),
        sign(claims(), RSA, "RS256"),
        "the issuer's keys cannot be had");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "{\"keys\":[]}",
        "{\"keys\":[{\"kty\":\"oct\",\"k\":\"c2VjcmV0\"}]}",
        "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----",
        "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----"
      })
  void aFileWithoutAPublicKeyIsRefusedByTheSettingsName(String content) throws IOException {
    Path file = Files.writeString(folder.resolve("bad"), content);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> tokens(file))
        .withMessageStartingWith("mp.jwt.verify.publickey.location: " + file);
  }
}
