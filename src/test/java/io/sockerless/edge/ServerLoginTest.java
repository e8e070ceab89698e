package io.sockerless.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.sockerless.engine.Identity;
import io.sockerless.http.EdgePasses;
import io.sockerless.support.FakeDaemon;
import io.sockerless.support.RawClient;
import io.sockerless.support.TokenIssuer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The console's log-in at the edge, with servers in front and behind that only say what they say.
 */
@Timeout(30)
class ServerLoginTest {

  private static final TokenIssuer ISSUER = new TokenIssuer();
  private static final String LOGIN = "GET /console/login";

  private static FakeDaemon daemon;
  private static EdgeServer edge;
  private static EdgeServer withTokens;

  @BeforeAll
  static void start() {
    daemon = FakeDaemon.start();
    edge = EdgeServer.before(daemon.host(), "sockerless.console.login", "server");
    List<String> settings = new ArrayList<>(List.of(ISSUER.settings()));
    settings.addAll(List.of("sockerless.console.login", "server"));
    withTokens = EdgeServer.before(daemon.host(), settings.toArray(String[]::new));
    for (EdgeServer each : new EdgeServer[] {edge, withTokens}) {
      each.server()
          .on(
              LOGIN,
              exchange ->
                  exchange.answer(
                      "302 Found",
                      "Location: https://provider.example/\r\nSet-Cookie: state=1\r\n",
                      ""));
    }
  }

  @AfterAll
  static void stop() {
    edge.close();
    withTokens.close();
    daemon.close();
  }

  private static RawClient.Response get(EdgeServer edge, String path, String... fields)
      throws IOException {
    try (RawClient client = edge.connect()) {
      return client
          .send(
              "GET "
                  + path
                  + " HTTP/1.1\r\nHost: docker\r\n"
                  + String.join("\r\n", fields)
                  + (fields.length == 0 ? "" : "\r\n")
                  + "\r\n")
          .response();
    }
  }

  @Test
  void whatTheServerAsksForReachesTheBrowserWhole() throws IOException {
    RawClient.Response response =
        get(
            edge,
            "/console/engine/secrets",
            "Sec-Fetch-Mode: navigate",
            "Cookie: a=b",
            "X-Other: c");

    assertThat(response.status()).isEqualTo(302);
    assertThat(response.all("Location")).containsExactly("https://provider.example/");
    assertThat(response.all("Set-Cookie")).containsExactly("state=1");
    FakeDaemon.Request asked = edge.server().requests(LOGIN).getLast();
    assertThat(asked.all("Host")).containsExactly("docker");
    assertThat(asked.all("Cookie")).containsExactly("a=b");
    assertThat(asked.all("X-Other")).isEmpty();
    assertThat(daemon.requests("GET /secrets")).isEmpty();
  }

  @Test
  void aScriptIsToldThatNobodyIsLoggedInInsteadOfBeingLedAway() throws IOException {
    RawClient.Response response = get(edge, "/console/api/agents", "Sec-Fetch-Mode: cors");

    assertThat(response.status()).isEqualTo(401);
    assertThat(response.text()).contains("not logged in any more");
  }

  @Test
  void whatProvedWhoSomebodyIsGoesNoFurther() throws IOException {
    try (EdgeServer known =
        EdgeServer.before(daemon.host(), "sockerless.console.login", "server")) {
      EdgePasses passes = known.passes();
      known
          .server()
          .on(
              LOGIN,
              exchange -> {
                String pass = exchange.request().all(EdgePasses.HEADER).getFirst();
                passes.loggedIn(Optional.of(pass), Identity.of("bob"));
                exchange.answer("302 Found", "Location: /console/\r\n", "");
              });

      RawClient.Response response =
          get(
              known,
              "/console/engine/v1.44/networks",
              "Authorization: Basic x",
              "Cookie: a=b",
              "X-Other: c");

      assertThat(response.status()).isEqualTo(200);
      FakeDaemon.Request passed = daemon.requests("GET /networks").getLast();
      assertThat(passed.all("X-Other")).containsExactly("c");
      assertThat(passed.all("Authorization")).isEmpty();
      assertThat(passed.all("Cookie")).isEmpty();
    }
  }

  @Test
  void aTokenCountsWithoutALogInAndABadOneIsNeverTakenForNone() throws IOException {
    int before = withTokens.server().requests(LOGIN).size();

    assertThat(
            get(
                    withTokens,
                    "/console/engine/volumes",
                    "Authorization: Bearer " + ISSUER.token("alice"))
                .status())
        .isEqualTo(200);
    assertThat(get(withTokens, "/console/engine/volumes", "Authorization: Bearer no").status())
        .isEqualTo(401);
    assertThat(withTokens.server().requests(LOGIN)).hasSize(before);
  }

  @Test
  void theProvidersAnswerPassesWithoutATokenAndTheApiDoesNot() throws IOException {
    assertThat(get(withTokens, "/oidcclient/redirect/us?code=1", "Cookie: state=1").status())
        .isEqualTo(200);
    assertThat(withTokens.server().requests("GET /oidcclient/redirect/us").getLast().all("Cookie"))
        .containsExactly("state=1");
    assertThat(get(withTokens, "/volumes").status()).isEqualTo(401);
  }
}
