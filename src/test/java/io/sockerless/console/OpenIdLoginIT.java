package io.sockerless.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sockerless.support.OpenIdProvider;
import io.sockerless.support.SockerlessServer;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * The console of a server whose users are a provider's: OpenID Connect, by Open Liberty's client.
 */
@DisabledIfSystemProperty(
    named = "sockerless.test.server",
    matches = "payara",
    disabledReason = "the provider is in Open Liberty's configuration")
class OpenIdLoginIT {

  private static final String CLIENT =
      """
      <server>
        <featureManager>
          <feature>appSecurity-5.0</feature>
          <feature>openidConnectClient-1.0</feature>
        </featureManager>
        <keyStore id="defaultKeyStore" password="of this test"/>
        <openidConnectClient id="provider" clientId="sockerless" clientSecret="secret"
            issuerIdentifier="%1$s" authorizationEndpointUrl="%1$s/authorize"
            tokenEndpointUrl="%1$s/token" jwkEndpointUrl="%1$s/keys" signatureAlgorithm="RS256"
            redirectToRPHostAndPort="http://127.0.0.1:${SOCKERLESS_TEST_PORT}"
            httpsRequired="false" isClientSideRedirectSupported="false"/>
      </server>
      """;

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir private static Path folder;

  @SuppressWarnings("NullAway.Init")
  private static OpenIdProvider provider;

  @SuppressWarnings("NullAway.Init")
  private static SockerlessServer server;

  @BeforeAll
  static void start() throws Exception {
    provider = new OpenIdProvider("carol");
    Path client =
        Files.writeString(folder.resolve("provider.xml"), CLIENT.formatted(provider.issuer()));
    server =
        SockerlessServer.start(
            Map.of(
                "SOCKERLESS_BACKEND", "memory",
                "SOCKERLESS_DATA", folder.resolve("data").toString(),
                "SOCKERLESS_CONSOLE_LOGIN", "server",
                "SOCKERLESS_SERVER_CONFIG", client.toString(),
                "SOCKERLESS_AUDIT_FILE", folder.resolve("audit.log").toString()));
  }

  /** It takes up its client for the provider beside all else, and asks for passwords until then. */
  @BeforeEach
  void awaitTheClient() {
    await()
        .atMost(PATIENCE)
        .until(() -> {
          try (HttpClient browser = browser(HttpClient.Redirect.NEVER)) {
            return get(browser, "/console/").statusCode() == 302;
          }
        });
  }

  @AfterAll
  static void stop() {
    server.close();
    provider.close();
  }

  private static HttpClient browser(HttpClient.Redirect redirects) {
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .cookieHandler(new CookieManager())
        .followRedirects(redirects)
        .build();
  }

  private static HttpResponse<String> get(HttpClient browser, String path, String... fields)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.edgePort() + path))
            .timeout(PATIENCE);
    if (fields.length > 0) {
      request.headers(fields);
    }
    return browser.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void whoIsNotLoggedInIsLedToTheProvider() throws Exception {
    try (HttpClient browser = browser(HttpClient.Redirect.NEVER)) {
      HttpResponse<String> answer = get(browser, "/console/");

      assertThat(answer.statusCode()).isEqualTo(302);
      assertThat(answer.headers().firstValue("Location").orElse(""))
          .startsWith(provider.issuer() + "/authorize?");
      assertThat(get(browser, "/console/engine/info", "Sec-Fetch-Mode", "cors").statusCode())
          .isEqualTo(401);
    }
  }

  @Test
  void whoComesBackFromItIsLoggedInAndTheRecordNamesThem() throws Exception {
    try (HttpClient browser = browser(HttpClient.Redirect.NORMAL)) {
      HttpResponse<String> page = get(browser, "/console/");
      assertThat(page.statusCode()).as(page.body()).isEqualTo(200);
      assertThat(page.uri().getPath()).isEqualTo("/console/");
      assertThat(page.body()).contains("<title>Sockerless</title>");

      assertThat(get(browser, "/console/engine/info", "Sec-Fetch-Mode", "cors").statusCode())
          .isEqualTo(200);
    }
    await()
        .atMost(PATIENCE)
        .untilAsserted(() ->
            assertThat(Files.readString(folder.resolve("audit.log")))
                .contains("\"identity\":\"carol\""));
  }
}
