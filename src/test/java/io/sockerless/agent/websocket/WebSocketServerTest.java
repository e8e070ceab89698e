package io.sockerless.agent.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.sockerless.wire.Headers;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The server, asked by the bare protocol. */
@Timeout(30)
class WebSocketServerTest {

  private static final Limits HASTY =
      new Limits(1000, Duration.ofMillis(500), Duration.ofSeconds(20));

  private static final String HANDSHAKE =
      """
      GET /ws?id=a%20b&token=t HTTP/1.1
      Host: agent
      Upgrade: WebSocket
      Connection: keep-alive, upgrade
      Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==
      Sec-WebSocket-Version: 13
      Sec-WebSocket-Protocol: other, echo

      """;

  private final CompletableFuture<Throwable> failure = new CompletableFuture<>();
  private WebSocketServer server;

  @BeforeEach
  void start() throws IOException {
    server = listen(Pair.LIMITS);
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  private WebSocketServer listen(Limits limits) throws IOException {
    InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    return WebSocketServer.listen(any, Optional.empty(), 2, limits, this::decide);
  }

  private Decision decide(Request request) {
    return switch (request.path()) {
      case "/ws" ->
          request.parameter("token").equals(Optional.of("t"))
              ? new Decision.Accept("echo", this::echo)
              : new Decision.Answer(401, "text/plain", "not you");
      case "/fails" ->
          new Decision.Accept(
              "",
              socket -> {
                throw new IOException("no");
              });
      case "/health" -> new Decision.Answer(200, "application/json", "{\"é\":1}");
      default -> new Decision.Answer(404, "text/plain", request.method() + " " + request.query());
    };
  }

  private void echo(WebSocket socket) throws IOException {
    try {
      Optional<Message> message = socket.receive();
      while (message.isPresent()) {
        switch (message.get()) {
          case Message.Text(String text) -> socket.sendText(text);
          case Message.Binary(byte[] bytes) -> socket.sendBinary(bytes, 0, bytes.length);
        }
        message = socket.receive();
      }
    } catch (IOException e) {
      failure.complete(e);
      throw e;
    }
  }

  private static byte[] lines(String text) {
    return text.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8);
  }

  private Socket connect() throws IOException {
    return new Socket(InetAddress.getLoopbackAddress(), server.port());
  }

  /** Sends all, and reads to the end. */
  private String ask(String request) throws IOException {
    try (Socket socket = connect()) {
      socket.getOutputStream().write(lines(request));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static String readHead(Socket socket) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      head.append((char) socket.getInputStream().read());
    }
    return head.toString();
  }

  private static void write(Socket socket, String hex) throws IOException {
    socket.getOutputStream().write(HexFormat.of().parseHex(hex.replace(" ", "")));
  }

  private static String readAll(Socket socket) throws IOException {
    return HexFormat.of().formatHex(socket.getInputStream().readAllBytes());
  }

  private Socket open() throws IOException {
    Socket socket = connect();
    socket.getOutputStream().write(lines(HANDSHAKE));
    readHead(socket);
    return socket;
  }

  @Test
  void theHandshakeOfTheStandardIsAnswered() throws IOException {
    try (Socket socket = connect()) {
      socket.getOutputStream().write(lines(HANDSHAKE));

      assertThat(readHead(socket))
          .startsWith("HTTP/1.1 101 ")
          .contains("\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n")
          .contains("\r\nSec-WebSocket-Protocol: echo\r\n");
    }
  }

  @Test
  void framesThatComeWithTheHandshakeAreNotLost() throws IOException {
    try (Socket socket = connect()) {
      byte[] head = lines(HANDSHAKE);
      byte[] frame = HexFormat.of().parseHex("818537fa213d7f9f4d5158");
      byte[] both = Arrays.copyOf(head, head.length + frame.length);
      System.arraycopy(frame, 0, both, head.length, frame.length);
      socket.getOutputStream().write(both);

      readHead(socket);

      assertThat(socket.getInputStream().readNBytes(7))
          .isEqualTo(HexFormat.of().parseHex("810548656c6c6f"));
    }
  }

  @Test
  void pingsAreAnsweredAmidAMessage() throws IOException {
    try (Socket socket = open()) {
      write(socket, "01 81 00000000 61  89 82 00000000 6869");
      assertThat(socket.getInputStream().readNBytes(4))
          .isEqualTo(HexFormat.of().parseHex("8a026869"));

      write(socket, "80 81 00000000 62");
      assertThat(socket.getInputStream().readNBytes(4))
          .isEqualTo(HexFormat.of().parseHex("81026162"));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "c1 80 00000000, 03ea", // reserved bits
    "83 80 00000000, 03ea", // a reserved opcode
    "81 01 61, 03ea", // not masked
    "09 80 00000000, 03ea", // a ping in parts
    "89 fe 0080 00000000, 03ea", // a ping too long
    "80 80 00000000, 03ea", // a continuation of nothing
    "01 80 00000000 81 80 00000000, 03ea", // a message amid another
    "88 81 00000000 03, 03ea", // half a code
    "88 82 00000000 03ed, 03ea", // a code that is never sent
    "81 81 00000000 ff, 03ef", // not UTF-8
    "88 83 00000000 03e8 ff, 03ef",
    "82 ff 00000000000f4241 00000000, 03f1" // over the limit
  })
  void eachFaultIsToldByACloseWithItsCode(String frames, String code) throws Exception {
    try (Socket socket = open()) {
      write(socket, frames);

      assertThat(readAll(socket)).startsWith("88").hasSizeGreaterThan(8).contains(code);
      assertThat(failure.get(10, TimeUnit.SECONDS)).isInstanceOf(ProtocolFault.class);
    }
  }

  @Test
  void aCloseIsAnsweredWithItsCodeAndEndsTheConnection() throws IOException {
    try (Socket socket = open()) {
      write(socket, "88 82 00000000 0fa1");

      assertThat(readAll(socket)).isEqualTo("88020fa1");
    }
  }

  @Test
  void aSessionThatFailsIsToldToTheClient() throws IOException {
    try (Socket socket = connect()) {
      socket.getOutputStream().write(lines(HANDSHAKE.replace("/ws", "/fails")));
      readHead(socket);

      assertThat(readAll(socket)).isEqualTo("880203f3");
    }
  }

  @Test
  void plainRequestsAreAnsweredBesides() throws IOException {
    assertThat(ask("GET /health HTTP/1.1\nHost: a\n\n"))
        .startsWith("HTTP/1.1 200 ")
        .contains("\r\nContent-Type: application/json\r\n")
        .contains("\r\nContent-Length: 8\r\n")
        .endsWith("\r\n\r\n{\"é\":1}");
    assertThat(ask("PUT /x?y=%2f HTTP/1.1\nHost: a\n\n"))
        .startsWith("HTTP/1.1 404 ")
        .endsWith("PUT y=%2f");
    assertThat(ask("HEAD /health HTTP/1.1\nHost: a\n\n"))
        .startsWith("HTTP/1.1 200 ")
        .endsWith("\r\nContent-Length: 8\r\n\r\n");
  }

  @Test
  void theHandlerRefusesBeforeAnythingIsOpened() throws IOException {
    assertThat(ask(HANDSHAKE.replace("token=t", "token=other")))
        .startsWith("HTTP/1.1 401 ")
        .endsWith("not you");
  }

  @Test
  void anotherVersionIsToldOurs() throws IOException {
    assertThat(ask(HANDSHAKE.replace("Version: 13", "Version: 8")))
        .startsWith("HTTP/1.1 426 ")
        .contains("\r\nSec-WebSocket-Version: 13\r\n");
  }

  @ParameterizedTest
  @CsvSource({
    "Upgrade: WebSocket,Upgrade: h2c",
    "'keep-alive, upgrade',keep-alive",
    "dGhlIHNhbXBsZSBub25jZQ==,dGhlIHNhbXBsZQ==",
    "dGhlIHNhbXBsZSBub25jZQ==,!",
    "GET,POST",
    "Host: agent,Host: a|Content-Length: 1",
    "Host: agent,Host: a|Transfer-Encoding: chunked"
  })
  void aHandshakeThatIsNoneIsRefused(String part, String other) throws IOException {
    assertThat(ask(HANDSHAKE.replace(part, other.replace("|", "\n")))).startsWith("HTTP/1.1 400 ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /health HTTP/1.0\nHost: a\n\n",
        "GET /health\n\n",
        "GET  /health HTTP/1.1\nHost: a\n\n",
        "GET health HTTP/1.1\nHost: a\n\n",
        "GET /health HTTP/1.1 \nHost: a\n\n",
        "G(T /health HTTP/1.1\nHost: a\n\n",
        "GET /health HTTP/1.1\n\n",
        "GET /health HTTP/1.1\nHost: a\nHost: b\n\n",
        "GET /health HTTP/1.1\nHost : a\n\n",
        "GET /health HTTP/1.1\nHost: a\n folded\n\n",
        "GET /health HTTP/1.1\nHost: a\nX: \0\n\n",
        "GET /health HTTP/1.1\nHost: a\nno colon\n\n",
        "GET /health HTTP/1.1\nHost: a\n: b\n\n"
      })
  void aHeadThatIsNoneIsRefused(String head) throws IOException {
    assertThat(ask(head)).startsWith("HTTP/1.1 400 ");
  }

  @Test
  void aHeadMayNotBeTooLarge() throws IOException {
    assertThat(ask("GET /health HTTP/1.1\nHost: a\nX: " + "x".repeat(16_384) + "\n\n"))
        .startsWith("HTTP/1.1 431 ");
    assertThat(ask("GET /health HTTP/1.1\nHost: a\n" + "X: y\n".repeat(256) + "\n"))
        .startsWith("HTTP/1.1 431 ");
    assertThat(ask("GET /health HTTP/1.1\nHost: a\n" + "X: y\n".repeat(255) + "\n"))
        .startsWith("HTTP/1.1 200 ");
  }

  @Test
  void aHeadThatComesByTheByteIsCutAllTheSame() throws Exception {
    try (WebSocketServer hasty = listen(HASTY);
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), hasty.port())) {
      await()
          .atMost(Duration.ofSeconds(10))
          .pollInterval(Duration.ofMillis(50))
          .until(() -> isRefused(socket));
    }
  }

  private static boolean isRefused(Socket socket) {
    try {
      socket.getOutputStream().write('G');
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  @Test
  void moreConnectionsThanAllowedAreTurnedAwayUntilOneEnds() throws Exception {
    try (Socket first = open();
        Socket second = open()) {
      try (Socket third = connect()) {
        assertThat(third.getInputStream().read()).isEqualTo(-1);
      }
      first.close();
      await()
          .ignoreExceptions()
          .until(() -> ask("GET /health HTTP/1.1\nHost: a\n\n").startsWith("HTTP/1.1 200 "));
      assertThat(second.isConnected()).isTrue();
    }
  }

  @Test
  void aServerThatStopsSaysSo() throws Exception {
    URI uri = URI.create("ws://127.0.0.1:" + server.port() + "/ws?token=t");
    try (WebSocket client =
        WebSocketClient.connect(uri, Map.of(), List.of("echo"), Optional.empty(), Pair.LIMITS)) {
      client.sendText("there?");
      assertThat(client.receive()).contains(new Message.Text("there?"));

      server.close();

      assertThat(client.receive()).isEmpty();
      assertThat(client.closeReason().orElseThrow().code()).isEqualTo(1001);
      // A connection may still be accepted while the thread that waits for one learns of the end.
      await()
          .untilAsserted(() -> assertThatThrownBy(this::connect).isInstanceOf(IOException.class));
    }
  }

  @Test
  void theQueryIsDecodedWhereItIsAskedFor() {
    Request request = new Request("GET", "/", "a=1&b=x%20y+z&c&a=2&d=%", Headers.empty());

    assertThat(request.parameter("a")).contains("1");
    assertThat(request.parameter("b")).contains("x y z");
    assertThat(request.parameter("c")).isEmpty();
    assertThat(request.parameter("d")).isEmpty();
  }
}
