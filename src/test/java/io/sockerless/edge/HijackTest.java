package io.sockerless.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sockerless.support.FakeDaemon;
import io.sockerless.support.FakeDaemon.Exchange;
import io.sockerless.support.FakeDaemon.Request;
import io.sockerless.support.RawClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Operations that take over their connection, byte by byte, before a daemon that a test scripts.
 */
@Timeout(20)
class HijackTest {

  private static final String UPGRADE = "Connection: Upgrade\r\nUpgrade: tcp\r\n";
  private static final String UPGRADED =
      "HTTP/1.1 101 UPGRADED\r\nContent-Type: application/vnd.docker.raw-stream\r\nConnection: Upgrade\r\nUpgrade: tcp";
  private static final String RAW =
      "HTTP/1.1 200 OK\r\nContent-Type: application/vnd.docker.raw-stream";

  private static FakeDaemon daemon;
  private static EdgeServer edge;
  private static EdgeServer encrypted;

  @BeforeAll
  static void start() {
    daemon = FakeDaemon.start();
    edge = EdgeServer.before(daemon.host());
    encrypted = EdgeServer.withTls(daemon.host());
  }

  @AfterAll
  static void stop() {
    edge.close();
    encrypted.close();
    daemon.close();
  }

  /** How the client is connected. */
  enum Socket {
    TCP,
    UNIX,
    TLS_1_2,
    TLS_1_3;

    RawClient connect() throws IOException {
      return switch (this) {
        case TCP -> edge.connect();
        case UNIX -> edge.connectUnix();
        case TLS_1_2 -> RawClient.connectTls(encrypted.port(), "TLSv1.2");
        case TLS_1_3 -> RawClient.connectTls(encrypted.port(), "TLSv1.3");
      };
    }
  }

  private static String attach(String container, String fields) {
    return "POST /v1.41/containers/"
        + container
        + "/attach?stream=1&stdin=1&stdout=1 HTTP/1.1\r\nHost: docker\r\n"
        + fields
        + "\r\n";
  }

  private static Request request(String methodAndPath) {
    await().until(() -> !daemon.requests(methodAndPath).isEmpty());
    return daemon.requests(methodAndPath).getLast();
  }

  @ParameterizedTest
  @EnumSource
  void bytesThatComeWithTheHeadReachTheOtherSideFirst(Socket socket) throws IOException {
    String container = "early-" + socket;
    daemon.on(
        "POST /containers/" + container + "/attach",
        exchange -> {
          exchange.hijack();
          exchange.write("got " + exchange.read(10));
          exchange.close();
        });
    try (RawClient client = socket.connect()) {
      client.send(attach(container, UPGRADE) + "early");
      assertThat(client.head()).isEqualTo(UPGRADED);
      client.send(" late");
      assertThat(client.readToEnd()).asString().isEqualTo("got early late");
    }
  }

  @Test
  void aClientThatNamesTheOtherProtocolAloneIsHeardToo() throws IOException {
    daemon.on(
        "POST /session",
        exchange -> {
          exchange.hijack();
          exchange.close();
        });
    try (RawClient client = Socket.TCP.connect()) {
      client.send("POST /session HTTP/1.1\r\nHost: docker\r\nUpgrade: h2c\r\n\r\n");
      client.head();
      assertThat(request("POST /session").all("Upgrade")).containsExactly("h2c");
    }
  }

  @ParameterizedTest
  @EnumSource
  void theClientsHalfCloseIsTheEndOfInputWhileOutputGoesOn(Socket socket) throws IOException {
    String container = "half-" + socket;
    daemon.on(
        "POST /containers/" + container + "/attach",
        exchange -> {
          exchange.hijack();
          byte[] input = exchange.readToEnd();
          exchange.write("after the end of ");
          exchange.write(input);
          exchange.close();
        });
    try (RawClient client = socket.connect()) {
      client.send(attach(container, UPGRADE));
      client.head();
      client.send("stdin").halfClose();
      assertThat(client.readToEnd()).asString().isEqualTo("after the end of stdin");
    }
  }

  @ParameterizedTest
  @EnumSource
  void theServersEndIsSeenAtOnceAndBehindAllOutputWhileInputStaysOpen(Socket socket)
      throws IOException {
    byte[] output = new byte[3_000_000];
    new Random(1).nextBytes(output);
    String container = "ends-" + socket;
    daemon.on(
        "POST /containers/" + container + "/attach",
        exchange -> {
          exchange.hijack();
          exchange.write(output);
          exchange.close();
        });
    try (RawClient client = socket.connect()) {
      client.send(attach(container, UPGRADE));
      client.head();
      assertThat(client.readBytes(output.length)).isEqualTo(output);
      long start = System.nanoTime();
      assertThat(client.readToEnd()).isEmpty();
      assertThat(System.nanoTime() - start).as("nanoseconds").isLessThan(1_500_000_000L);
    }
  }

  @ParameterizedTest
  @EnumSource
  void theServersHalfCloseEndsTheStreamBothWays(Socket socket) throws IOException {
    String container = "server-half-" + socket;
    daemon.on(
        "POST /containers/" + container + "/attach",
        exchange -> {
          exchange.hijack();
          exchange.write("bye");
          exchange.halfClose();
          exchange.awaitEnd();
        });
    try (RawClient client = socket.connect()) {
      client.send(attach(container, UPGRADE));
      client.head();
      assertThat(client.readToEnd()).asString().isEqualTo("bye");
    }
    await().untilAsserted(() -> assertThat(exchangeOf(container).hasEnded(0)).isTrue());
  }

  @ParameterizedTest
  @EnumSource
  void inputThatNobodyTakesAnyMoreDoesNotHoldTheOutputBack(Socket socket) throws IOException {
    String container = "deaf-" + socket;
    daemon.on(
        "POST /containers/" + container + "/attach",
        exchange -> {
          exchange.hijack();
          exchange.read(1);
          exchange.write("x".repeat(200_000));
          exchange.close();
        });
    try (RawClient client = socket.connect()) {
      client.send(attach(container, UPGRADE));
      client.head();
      client.send(new byte[300_000]);
      // The daemon's close over unread input may reset its connection, so not all output need have
      // left it;
      // but the end must come, whatever lies unread.
      assertThat(client.readToEnd().length).isLessThanOrEqualTo(200_000);
    }
  }

  @Test
  void withoutUpgradeTheAnswerIsARawStreamUntilTheEnd() throws IOException {
    daemon.on(
        "POST /containers/raw/attach",
        exchange -> {
          exchange.hijack();
          exchange.write("one");
          exchange.write(exchange.read(3));
          exchange.close();
        });
    try (RawClient client = edge.connect()) {
      client.send(attach("raw", ""));
      assertThat(client.head()).isEqualTo(RAW);
      client.send("two");
      assertThat(client.readToEnd()).asString().isEqualTo("onetwo");
    }
    assertThat(request("POST /containers/raw/attach").all("Upgrade")).isEmpty();
  }

  @Test
  void aTerminalsBytesPassUnframedAndUnchanged() throws IOException {
    byte[] every = new byte[256];
    for (int i = 0; i < 256; i++) {
      every[i] = (byte) i;
    }
    daemon.on(
        "POST /exec/tty/start",
        exchange -> {
          exchange.hijack();
          for (int i = 0; i < 256; i++) {
            exchange.write(new byte[] {every[i]});
          }
          exchange.close();
        });
    try (RawClient client = edge.connect()) {
      client.send(post("/exec/tty/start", UPGRADE, "{\"Detach\":false,\"Tty\":true}"));
      client.head();
      assertThat(HexFormat.of().formatHex(client.readToEnd()))
          .isEqualTo(HexFormat.of().formatHex(every));
    }
    assertThat(request("POST /exec/tty/start").text()).isEqualTo("{\"Detach\":false,\"Tty\":true}");
  }

  @ParameterizedTest
  @EnumSource
  void requestsBeforeAHijackAreAnsweredFirst(Socket socket) throws IOException {
    daemon.on("GET /containers/c/json", exchange -> exchange.answer("200 OK", "", "{\"Id\":1}"));
    daemon.on(
        "POST /containers/behind/attach",
        exchange -> {
          exchange.hijack();
          exchange.write(exchange.read(5));
          exchange.close();
        });
    try (RawClient client = socket.connect()) {
      client.send(
          "GET /containers/c/json HTTP/1.1\r\nHost: a\r\n\r\nGET /_ping HTTP/1.1\r\nHost: a\r\n\r\n"
              + attach("behind", UPGRADE)
              + "stdin");
      assertThat(client.response().text()).isEqualTo("{\"Id\":1}");
      assertThat(client.response().text()).isEqualTo("OK");
      assertThat(client.head()).isEqualTo(UPGRADED);
      assertThat(client.readToEnd()).asString().isEqualTo("stdin");
    }
  }

  @Test
  void aStartThatTakesItsTimeStillDeliversOutputToAClientThatSendsNothing() throws IOException {
    CountDownLatch watched = new CountDownLatch(1);
    daemon.on(
        "POST /exec/slow/start",
        exchange -> {
          exchange.readBody();
          awaitWatch(watched);
          exchange.hijack();
          exchange.write("output");
          exchange.close();
        });
    try (RawClient client = edge.connect()) {
      client.send(post("/exec/slow/start", UPGRADE, "{\"Detach\":false}"));
      assertThat(client.head()).isEqualTo(UPGRADED);
      assertThat(client.readToEnd()).asString().isEqualTo("output");
    }
  }

  /** Outlasts the moment at which the edge begins to watch for a client that leaves. */
  private static void awaitWatch(CountDownLatch never) {
    try {
      assertThat(never.await(900, TimeUnit.MILLISECONDS)).isFalse();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void aDetachedStartIsAPlainAnswerOnAConnectionThatGoesOn() throws IOException {
    daemon.on("POST /exec/detached/start", exchange -> exchange.answer("200 OK", "", ""));
    try (RawClient client = edge.connect()) {
      client.send(post("/exec/detached/start", "", "{\"Detach\":true}"));
      assertThat(client.response().status()).isEqualTo(200);
      client.send("GET /_ping HTTP/1.1\r\nHost: a\r\n\r\n");
      assertThat(client.response().text()).isEqualTo("OK");
    }
  }

  @ParameterizedTest
  @org.junit.jupiter.params.provider.ValueSource(
      strings = {
        "Content-Length: 2\r\n\r\n{}",
        "Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n"
      })
  void whatFollowsAHijackThatTheDaemonAnsweredPlainlyNeverReachesIt(String answer)
      throws IOException {
    // Go reads names of any case, so this detaches there, and the daemon's connection stays one of
    // HTTP.
    daemon.on(
        "POST /exec/lower/start",
        exchange -> {
          exchange.readBody();
          exchange.write("HTTP/1.1 200 OK\r\n" + answer);
        });
    try (RawClient client = edge.connect()) {
      client.send(
          post("/exec/lower/start", "", "{\"detach\":true}")
              + "DELETE /containers/smuggled HTTP/1.1\r\nHost: a\r\n\r\n");
      assertThat(client.head()).startsWith("HTTP/1.1 200 OK").contains("Connection: close");
      assertThat(client.readToEnd()).asString().isEqualTo("{}");
    }
    assertThat(daemon.received()).doesNotContain("smuggled");
  }

  @Test
  void anErrorInPlaceOfAStreamIsDockersDocumentAndTheConnectionCloses() throws IOException {
    daemon.on(
        "POST /containers/gone/attach",
        exchange ->
            exchange.answer(
                "404 Not Found",
                "Content-Type: application/json\r\nApi-Version: 1.51\r\n",
                "{\"message\":\"No such container: gone\"}"));
    try (RawClient client = edge.connect()) {
      client.send(attach("gone", UPGRADE));
      RawClient.Response response = client.response();
      assertThat(response.statusLine()).isEqualTo("HTTP/1.1 404 Not Found");
      assertThat(response.text().strip()).isEqualTo("{\"message\":\"No such container: gone\"}");
      assertThat(response.all("Api-Version")).containsExactly("1.51");
      assertThat(client.readToEnd()).isEmpty();
    }
  }

  @Test
  void theUpgradeOfTheClientIsTheOneThatTheDaemonSees() throws IOException {
    daemon.on(
        "POST /session",
        exchange -> {
          exchange.readBody();
          exchange.write(
              "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\nPRI");
          exchange.close();
        });
    try (RawClient client = edge.connect()) {
      client.send(
          "POST /session HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: h2c\r\nX-Docker-Expose-Session-Uuid: u\r\n\r\n");
      assertThat(client.head())
          .isEqualTo("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: h2c");
      assertThat(client.readToEnd()).asString().isEqualTo("PRI");
    }
    Request request = request("POST /session");
    assertThat(request.all("Upgrade")).containsExactly("h2c");
    assertThat(request.all("Connection")).containsExactly("Upgrade");
    assertThat(request.all("X-Docker-Expose-Session-Uuid")).containsExactly("u");
  }

  @ParameterizedTest
  @EnumSource
  void aClientThatResetsItsConnectionEndsTheStreamBehind(Socket socket) throws IOException {
    String container = "reset-" + socket;
    daemon.on(
        "POST /containers/" + container + "/attach",
        exchange -> {
          exchange.hijack();
          exchange.awaitEnd();
        });
    try (RawClient client = socket.connect()) {
      client.send(attach(container, UPGRADE));
      client.head();
      client.reset();
    }
    await().untilAsserted(() -> assertThat(exchangeOf(container).hasEnded(0)).isTrue());
  }

  @Test
  void aDaemonThatBreaksTheStreamEndsTheClients() throws IOException {
    daemon.on(
        "POST /containers/breaks/attach",
        exchange -> {
          exchange.hijack();
          exchange.write("some");
          exchange.read(1);
          exchange.reset();
        });
    try (RawClient client = edge.connect()) {
      client.send(attach("breaks", UPGRADE));
      client.head();
      assertThat(client.read(4)).isEqualTo("some");
      client.send("x");
      assertThat(client.ends()).isTrue();
    }
  }

  private static Exchange exchangeOf(String container) {
    return daemon.exchanges().stream()
        .filter(exchange -> exchange.request().line().contains("/" + container + "/"))
        .findFirst()
        .orElseThrow();
  }

  private static String post(String path, String fields, String body) {
    return "POST "
        + path
        + " HTTP/1.1\r\nHost: docker\r\nContent-Type: application/json\r\n"
        + fields
        + "Content-Length: "
        + body.getBytes(StandardCharsets.UTF_8).length
        + "\r\n\r\n"
        + body;
  }
}
