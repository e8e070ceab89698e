package io.sockerless.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.sockerless.support.ConsolePage.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.sockerless.support.ConsolePage;
import io.sockerless.support.DockerDaemon;
import io.sockerless.support.SockerlessServer;
import io.sockerless.wire.Connection;
import io.sockerless.wire.Headers;
import io.sockerless.wire.RequestHead;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The console of a server that has users: who logs in, and what that is good for. */
class ConsoleLoginIT {

  private static final String RULES =
      """
      rules:
        - { name: bob, who: [bob], allow: ["containers.*", "execs.*", "images.*", "volumes.*", "system.*"] }
        - { name: all, who: ["*"], allow: [containers.list, containers.inspect], owners: ["*"] }
      """;

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String PASSWORD = "builder:yes,please";
  private static final String BOB = basic("bob", PASSWORD);

  @RegisterExtension private final ConsolePage console = new ConsolePage();
  private final String name = "login-" + UUID.randomUUID();

  @TempDir private static Path folder;

  @SuppressWarnings("NullAway.Init")
  private static SockerlessServer server;

  @BeforeAll
  static void start() throws IOException {
    DockerDaemon.require();
    server =
        SockerlessServer.startWithUsers(
            Map.of(
                "SOCKERLESS_BACKEND",
                "memory",
                "SOCKERLESS_DATA",
                folder.resolve("data").toString(),
                "SOCKERLESS_REGISTRY_MIRRORS",
                "http://127.0.0.1:5000",
                "SOCKERLESS_CONSOLE_LOGIN",
                "server",
                "SOCKERLESS_POLICY_FILE",
                Files.writeString(folder.resolve("policy.yaml"), RULES).toString(),
                "SOCKERLESS_AUDIT_FILE",
                audit().toString()),
            Map.of("bob", PASSWORD, "local", "secret"));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static Path audit() {
    return folder.resolve("audit.log");
  }

  private static String basic(String user, String password) {
    return "Basic "
        + Base64.getEncoder()
            .encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
  }

  private static HttpResponse<String> send(
      int port, String method, String path, String body, String... fields) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .header("Content-Type", "application/json")
            .timeout(PATIENCE)
            .method(method, HttpRequest.BodyPublishers.ofString(body));
    if (fields.length > 0) {
      request.headers(fields);
    }
    try (HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
  }

  private static HttpResponse<String> get(String path, String... fields) throws Exception {
    return send(server.edgePort(), "GET", path, "", fields);
  }

  private HttpResponse<String> create(String... fields) throws Exception {
    return send(
        server.edgePort(),
        "POST",
        "/console/engine/v1.44/containers/create?name=" + name,
        "{\"Image\":\"alpine\",\"Cmd\":[\"sleep\",\"1000\"]}",
        fields);
  }

  private static List<String> recorded(String operation, String identity) throws IOException {
    return Files.readAllLines(audit()).stream()
        .filter(line -> line.contains("\"operation\":\"" + operation + "\""))
        .filter(line -> line.contains("\"identity\":\"" + identity + "\""))
        .toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/console/",
        "/console/js/app.js",
        "/console/api/agents",
        "/console/api/events",
        "/console/engine/containers/json",
        "/console//engine/containers/json",
        "/%63onsole/engine/containers/json",
        "/console/login"
      })
  void whoDoesNotLogInGetsNothingOfTheConsole(String path) throws Exception {
    for (String[] fields : new String[][] {{}, {"Authorization", basic("bob", "wrong")}}) {
      HttpResponse<String> answer = get(path, fields);

      assertThat(answer.statusCode()).isEqualTo(401);
      assertThat(answer.headers().firstValue("WWW-Authenticate").orElse("")).startsWith("Basic ");
      assertThat(answer.body()).doesNotContain("Sockerless", "containers");
    }
  }

  @Test
  void aTerminalIsNotOpenedEither() throws Exception {
    try (Connection connection = server.open()) {
      connection
          .output()
          .write(
              new RequestHead(
                      "GET",
                      "/console/api/containers/any/terminal",
                      Headers.of(
                          "Host", "127.0.0.1",
                          "Connection", "Upgrade",
                          "Upgrade", "websocket",
                          "Sec-WebSocket-Version", "13",
                          "Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=="))
                  .encode());

      assertThat(connection.input().readResponseHead().status()).isEqualTo(401);
    }
  }

  @ParameterizedTest
  @CsvSource({"/console/, text/html", "/console/js/app.js, text/javascript"})
  void whoLogsInGetsThePage(String path, String type) throws Exception {
    HttpResponse<String> answer = get(path, "Authorization", BOB);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith(type);
    assertThat(answer.headers().firstValue("Content-Security-Policy")).isPresent();
  }

  @Test
  void whatTheConsoleMakesIsTheUsersOnTheLabelAndInTheRecord() throws Exception {
    assertThat(create("Authorization", BOB).statusCode()).isEqualTo(201);

    assertThat(get("/containers/" + name + "/json").body())
        .contains("\"sockerless.owner\":\"bob\"");
    await()
        .atMost(PATIENCE)
        .untilAsserted(() ->
            assertThat(recorded("containers.create", "bob"))
                .anySatisfy(line -> assertThat(line).contains(name)));
  }

  @Test
  void thePasswordIsGoodForTheConsoleAlone() throws Exception {
    HttpResponse<String> answer =
        send(server.edgePort(), "POST", "/volumes/create", "{}", "Authorization", BOB);

    assertThat(answer.statusCode()).isEqualTo(403);
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(recorded("volumes.create", "anonymous")).isNotEmpty());
  }

  @Test
  void anotherSiteCannotUseTheLogIn() throws Exception {
    HttpResponse<String> answer =
        create("Authorization", BOB, "Origin", "http://elsewhere.example");

    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.body()).contains("another site");
  }

  @Test
  void aUserOfANameThatIsOursIsNotLetIn() throws Exception {
    HttpResponse<String> answer = get("/console/", "Authorization", basic("local", "secret"));

    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.body()).contains("nobody but the server itself says who is local");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/console/",
        "/console/login",
        "/console/api/agents",
        "/console/engine/containers/json",
        "/containers/json"
      })
  void theServersOwnPortIsNoWayRound(String path) throws Exception {
    HttpResponse<String> answer =
        send(
            server.httpPort(), "GET", path, "", "Authorization", BOB, "Sockerless-Pass", "made up");

    assertThat(answer.statusCode()).isEqualTo(403);
  }

  @Test
  void whoIsKnownWithoutItIsNotAsked() throws Exception {
    try (Connection connection = server.openUnix()) {
      connection
          .output()
          .write(
              new RequestHead(
                      "GET", "/console/engine/containers/json", Headers.of("Host", "docker"))
                  .encode());

      assertThat(connection.input().readResponseHead().status()).isEqualTo(200);
    }
  }

  @Test
  void aPersonLogsInAndAllThatThePageDoesIsTheirs() throws Exception {
    ConsolePage.requireChromium();
    Page page = console.openAs("bob", PASSWORD, server, "volumes");
    assertThat(page.locator("#feed")).hasText("live");
    assertThat(page.locator("#user")).hasText("bob");
    ConsolePage.keep(page, "login");

    page.getByLabel("Name of a new volume").fill(name);
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Create")).click();

    assertThat(row(page, name)).containsText("local");
    assertThat(get("/console/engine/volumes/" + name, "Authorization", BOB).body())
        .contains("\"sockerless.owner\":\"bob\"");
  }

  @Test
  void theTerminalIsTheUsers() throws Exception {
    ConsolePage.requireChromium();
    create("Authorization", BOB);
    send(
        server.edgePort(),
        "POST",
        "/console/engine/containers/" + name + "/start",
        "",
        "Authorization",
        BOB);

    Page page = console.openAs("bob", PASSWORD, server, "containers/" + name + "/terminal");
    Locator screen = page.locator(".xterm-rows");
    assertThat(screen).containsText("# ");
    page.keyboard().type("echo answer=$((6 * 7))");
    page.keyboard().press("Enter");

    assertThat(screen).containsText("answer=42");
    assertThat(recorded("execs.startAttached", "bob")).isNotEmpty();
  }
}
