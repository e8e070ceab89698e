package io.sockerless.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.sockerless.support.Certificates;
import io.sockerless.support.FakeDaemon;
import io.sockerless.support.RawClient;
import io.sockerless.support.TokenIssuer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import nl.altindag.ssl.SSLFactory;
import nl.altindag.ssl.pem.util.PemUtils;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is let in at which address, in front of a daemon that must not hear of the others. */
@Timeout(30)
class GateTest {

  private static final Certificates AUTHORITY = new Certificates();
  private static final TokenIssuer ISSUER = new TokenIssuer();
  private static final Path SERVER = AUTHORITY.folder();

  private static FakeDaemon daemon;
  private static EdgeServer byCertificate;
  private static EdgeServer byToken;
  private static EdgeServer byEither;

  @BeforeAll
  static void start() {
    daemon = FakeDaemon.start();
    byCertificate = EdgeServer.before(daemon.host(), tls("required"));
    byToken = EdgeServer.before(daemon.host(), ISSUER.settings());
    byEither = EdgeServer.before(daemon.host(), and(tls("wanted"), ISSUER.settings()));
  }

  @AfterAll
  static void stop() {
    byCertificate.close();
    byToken.close();
    byEither.close();
    daemon.close();
  }

  private static String[] tls(String clients) {
    return new String[] {
      "sockerless.tls.certificate", SERVER.resolve("cert.pem").toString(),
      "sockerless.tls.key", SERVER.resolve("key.pem").toString(),
      "sockerless.tls.ca", SERVER.resolve("ca.pem").toString(),
      "sockerless.tls.client", clients
    };
  }

  private static String[] and(String[] settings, String[] more) {
    return Stream.of(settings, more).flatMap(Arrays::stream).toArray(String[]::new);
  }

  private static RawClient connect(EdgeServer edge, SSLFactory tls) throws IOException {
    SSLSocket socket = (SSLSocket) tls.getSslSocketFactory().createSocket();
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), edge.port()));
    return RawClient.over(socket);
  }

  private static SSLFactory with(Path certificates) {
    return SSLFactory.builder()
        .withTrustingAllCertificatesWithoutValidation()
        .withIdentityMaterial(
            PemUtils.loadIdentityMaterial(
                certificates.resolve("cert.pem"), certificates.resolve("key.pem")))
        .build();
  }

  private static SSLFactory without() {
    return SSLFactory.builder().withTrustingAllCertificatesWithoutValidation().build();
  }

  private static RawClient.Response get(RawClient client, String path, String... fields)
      throws IOException {
    StringBuilder head = new StringBuilder("GET " + path + " HTTP/1.1\r\nHost: docker\r\n");
    for (String field : fields) {
      head.append(field).append("\r\n");
    }
    return client.send(head + "\r\n").response();
  }

  private static RawClient.Response ping(RawClient client, String... fields) throws IOException {
    return get(client, "/_ping", fields);
  }

  private static void assertUnauthorized(RawClient.Response response, String message) {
    assertThat(response.status()).isEqualTo(401);
    assertThat(response.text().strip()).isEqualTo("{\"message\":\"" + message + "\"}");
    assertThat(response.all("WWW-Authenticate")).containsExactly("Bearer");
  }

  @Test
  void whoHasACertificateOfTheAuthorityComesIn() throws IOException {
    try (RawClient client = connect(byCertificate, with(AUTHORITY.folder("CN=alice")))) {
      assertThat(ping(client).text()).isEqualTo("OK");
    }
  }

  @Test
  void whoHasNoneOrAnotherAuthoritysDoesNot() throws IOException {
    for (SSLFactory tls :
        new SSLFactory[] {without(), with(new Certificates().folder("CN=alice"))}) {
      try (RawClient client = connect(byCertificate, tls)) {
        assertThatExceptionOfType(SSLException.class)
            .isThrownBy(client::readToEnd)
            .withMessageContaining("alert");
      }
    }
  }

  @Test
  void whoseNameIsOneOfOursDoesNotEither() throws IOException {
    try (RawClient client = connect(byCertificate, with(AUTHORITY.folder("CN=local")))) {
      client.send("GET /_ping HTTP/1.1\r\nHost: docker\r\n\r\n");
      assertThat(client.ends()).isTrue();
    }
  }

  @Test
  void aClientThatSpeaksHttpIsToldSo() throws IOException {
    try (RawClient client = byCertificate.connectPlain()) {
      client.send("GET /_ping HTTP/1.1\r\nHost: docker\r\n\r\n");
      assertThat(client.readToEnd())
          .asString()
          .isEqualTo(
              "HTTP/1.0 400 Bad Request\r\n\r\n"
                  + "Client sent an HTTP request to an HTTPS server.\n");
    }
  }

  @Test
  void theUnixSocketNeedsNeither() throws IOException {
    for (EdgeServer edge : new EdgeServer[] {byCertificate, byToken, byEither}) {
      try (RawClient client = edge.connectUnix()) {
        assertThat(ping(client).text()).isEqualTo("OK");
      }
    }
  }

  @Test
  void whereTokensAreAcceptedAClientNeedsOneOrACertificate() throws IOException {
    String message = "authentication required: a bearer token or a client certificate";
    try (RawClient client = byToken.connect()) {
      assertUnauthorized(ping(client), message);
      assertThat(ping(client, "Authorization: Bearer " + ISSUER.token("alice")).text())
          .isEqualTo("OK");
      assertUnauthorized(ping(client), message);
    }
    try (RawClient client = connect(byEither, without())) {
      assertUnauthorized(ping(client), message);
    }
    try (RawClient client = connect(byEither, with(AUTHORITY.folder("CN=alice")))) {
      assertThat(ping(client).text()).isEqualTo("OK");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Authorization: Bearer x.y.z",
        "Authorization: Bearer",
        "Authorization: Basic YTpi",
        "Authorization: "
      })
  void aTokenThatIsNotGoodIsNeverTakenForNone(String field) throws IOException {
    try (RawClient client = byToken.connect();
        RawClient local = byToken.connectUnix();
        RawClient certified = connect(byEither, with(AUTHORITY.folder("CN=alice")))) {
      assertThat(ping(client, field).status()).isEqualTo(401);
      assertThat(ping(local, field).status()).isEqualTo(401);
      assertThat(ping(certified, field).status()).isEqualTo(401);
    }
  }

  @Test
  void anExpiredTokenIsToldFromOthers() throws IOException {
    try (RawClient client = byToken.connect()) {
      assertUnauthorized(
          ping(client, "Authorization: Bearer " + ISSUER.expired("alice")),
          "the token has expired");
    }
  }

  @Test
  void twoTokensAreNone() throws IOException {
    String field = "Authorization: Bearer " + ISSUER.token("alice");
    try (RawClient client = byToken.connect()) {
      assertUnauthorized(ping(client, field, field), "expected one bearer token");
    }
  }

  @Test
  void whoIsNotLetInIsHeardByNobody() throws IOException {
    try (RawClient client = byToken.connect()) {
      client.send(
          "POST /containers/secret/stop HTTP/1.1\r\nHost: docker\r\nConnection: close\r\n"
              + "Content-Length: 3\r\n\r\nabc");
      assertThat(client.response().status()).isEqualTo(401);
      assertThat(client.readToEnd()).isEmpty();
    }
    try (RawClient client = byToken.connect()) {
      client.send(
          "POST /containers/secret/attach HTTP/1.1\r\nHost: docker\r\n"
              + "Connection: Upgrade\r\nUpgrade: tcp\r\n\r\n");
      assertThat(client.response().status()).isEqualTo(401);
    }
    assertThat(daemon.received()).doesNotContain("secret");
  }

  @Test
  void theTokenIsForUsAndGoesNoFurther() throws IOException {
    daemon.on("GET /containers/mine/json", exchange -> exchange.answer("200 OK", "", "{}"));
    String token = ISSUER.token("alice");
    try (RawClient client = byToken.connect()) {
      assertThat(get(client, "/containers/mine/json", "Authorization: Bearer " + token).status())
          .isEqualTo(200);
    }
    assertThat(daemon.received()).contains("/containers/mine/json").doesNotContain(token);
  }

  @Test
  void healthIsForAllToKnow() throws IOException {
    byToken.server().on("GET /health/live", exchange -> exchange.answer("200 OK", "", "{}"));
    try (RawClient client = byToken.connect()) {
      assertThat(get(client, "/health/live").status()).isEqualTo(200);
      assertThat(get(client, "/health/../info").status()).isNotEqualTo(200);
    }
  }

  @Test
  void anAgentsTokenIsForOthersToJudge() throws IOException {
    byToken
        .server()
        .on("GET /internal/v1/agent/connect", exchange -> exchange.answer("401 No", "", "agents"));
    try (RawClient client = byToken.connect()) {
      RawClient.Response response =
          get(client, "/internal/v1/agent/connect?id=1", "Authorization: Bearer of-the-container");
      assertThat(response.text()).isEqualTo("agents");
    }
    assertThat(byToken.server().received()).contains("Bearer of-the-container");
  }

  @Test
  void aPageOfAnotherSiteIsTurnedAway() throws IOException {
    try (RawClient client = byToken.connect()) {
      client.send("GET /_ping HTTP/1.1\r\nHost: evil.example\r\n\r\n");
      RawClient.Response response = client.response();
      assertThat(response.status()).isEqualTo(403);
      assertThat(response.text()).contains("sockerless.listen.names");
      client.send(
          "POST /containers/secret/stop HTTP/1.1\r\nHost: docker\r\nOrigin: http://e\r\n\r\n");
      assertThat(client.response().status()).isEqualTo(403);
    }
    assertThat(daemon.received()).doesNotContain("secret");
  }

  @Test
  void noAnswerLetsAnotherSiteReadIt() throws IOException {
    String field = "Access-Control-Allow-Origin: *\r\n";
    daemon.on("GET /containers/cors/json", exchange -> exchange.answer("200 OK", field, "{}"));
    daemon.on(
        "POST /containers/cors/attach",
        exchange -> {
          exchange.readBody();
          exchange.write("HTTP/1.1 101 UPGRADED\r\n" + field + "\r\n");
          exchange.close();
        });
    try (RawClient client = byToken.connectUnix()) {
      assertThat(get(client, "/containers/cors/json").all("Access-Control-Allow-Origin")).isEmpty();
      client.send(
          "POST /containers/cors/attach HTTP/1.1\r\nHost: docker\r\n"
              + "Connection: Upgrade\r\nUpgrade: tcp\r\n\r\n");
      assertThat(client.head()).startsWith("HTTP/1.1 101").doesNotContain("Access-Control");
    }
  }

  @Test
  void aCertificateThatIsRenewedIsTakenUpWithoutARestart() throws Exception {
    Path folder = AUTHORITY.folder("CN=first");
    try (EdgeServer edge =
        EdgeServer.before(
            daemon.host(),
            "sockerless.tls.certificate",
            folder.resolve("cert.pem").toString(),
            "sockerless.tls.key",
            folder.resolve("key.pem").toString())) {
      assertThat(subject(edge)).isEqualTo("CN=first");
      Path renewed = AUTHORITY.folder("CN=second");
      Files.copy(
          renewed.resolve("cert.pem"),
          folder.resolve("cert.pem"),
          StandardCopyOption.REPLACE_EXISTING);
      // Until the key has come too, the old pair is the one that fits.
      assertThat(subject(edge)).isEqualTo("CN=first");
      Files.copy(
          renewed.resolve("key.pem"),
          folder.resolve("key.pem"),
          StandardCopyOption.REPLACE_EXISTING);
      Awaitility.await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> subject(edge).equals("CN=second"));
    }
  }

  private static String subject(EdgeServer edge) throws IOException {
    try (SSLSocket socket = (SSLSocket) without().getSslSocketFactory().createSocket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), edge.port()));
      socket.startHandshake();
      return socket.getSession().getPeerPrincipal().getName();
    }
  }
}
