package io.sockerless.agent.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The client, before a server that a test makes answer as it likes. */
@Timeout(30)
class WebSocketClientTest {

  private static final Limits HASTY =
      new Limits(1000, Duration.ofMillis(500), Duration.ofSeconds(20));

  private ServerSocket listener;

  @BeforeEach
  void listen() throws IOException {
    listener = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
  }

  @AfterEach
  void close() throws IOException {
    listener.close();
  }

  private URI uri(String resource) {
    return URI.create("ws://127.0.0.1:" + listener.getLocalPort() + resource);
  }

  private WebSocket connect(String... subprotocols) throws IOException {
    return WebSocketClient.connect(
        uri("/ws"), Map.of(), List.of(subprotocols), Optional.empty(), Pair.LIMITS);
  }

  /** Takes one request, and answers with what is made of its key; gives the request's lines. */
  private FutureTask<List<String>> answering(UnaryOperator<String> answer) {
    FutureTask<List<String>> task =
        new FutureTask<>(() -> {
          try (Socket socket = listener.accept()) {
            List<String> lines = readHead(socket);
            String key =
                lines.stream()
                    .filter(line -> line.startsWith("Sec-WebSocket-Key: "))
                    .map(line -> line.substring("Sec-WebSocket-Key: ".length()))
                    .findFirst()
                    .orElseThrow();
            byte[] bytes =
                answer.apply(key).replace("\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1);
            socket.getOutputStream().write(bytes);
            socket.shutdownOutput();
            socket.getInputStream().readAllBytes();
            return lines;
          }
        });
    Thread.ofPlatform().daemon().start(task);
    return task;
  }

  private static List<String> readHead(Socket socket) throws IOException {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    while (true) {
      line.append((char) socket.getInputStream().read());
      if (line.indexOf("\r\n") >= 0) {
        if (line.length() == 2) {
          return lines;
        }
        lines.add(line.substring(0, line.length() - 2));
        line.setLength(0);
      }
    }
  }

  private static String accepted(String key) {
    return "HTTP/1.1 101 Switching Protocols\nUpgrade: websocket\nConnection: Upgrade\n"
        + "Sec-WebSocket-Accept: "
        + Handshake.accept(key)
        + "\n";
  }

  @Test
  void theRequestSaysWhatTheStandardAsksForAndWhatTheCallerAdds() throws Exception {
    FutureTask<List<String>> request =
        answering(key -> accepted(key) + "Sec-WebSocket-Protocol: v1\n\n");
    try (WebSocket socket =
        WebSocketClient.connect(
            uri("/a%20b?c=d&e"),
            Map.of("Authorization", "Bearer secret"),
            List.of("v2", "v1"),
            Optional.empty(),
            Pair.LIMITS)) {
      assertThat(socket.subprotocol()).isEqualTo("v1");
    }

    List<String> lines = request.get();
    assertThat(lines.getFirst()).isEqualTo("GET /a%20b?c=d&e HTTP/1.1");
    assertThat(lines)
        .contains(
            "Host: 127.0.0.1:" + listener.getLocalPort(),
            "Upgrade: websocket",
            "Connection: Upgrade",
            "Sec-WebSocket-Version: 13",
            "Sec-WebSocket-Protocol: v2, v1",
            "Authorization: Bearer secret");
  }

  @Test
  void messagesThatComeWithTheAnswerAreReceived() throws Exception {
    answering(key -> accepted(key) + "\n" + "\u0081\u0002hi");
    try (WebSocket socket = connect()) {
      assertThat(socket.subprotocol()).isEmpty();
      assertThat(socket.receive()).contains(new Message.Text("hi"));
    }
  }

  @Test
  void anInterimAnswerIsNotTheAnswer() throws Exception {
    answering(key -> "HTTP/1.1 103 Early Hints\nLink: x\n\n" + accepted(key) + "\n");
    connect().close();
  }

  @ParameterizedTest
  @CsvSource({
    "Content-Length: 7, no way!, no way!",
    "Content-Length: 4, no way!, no w",
    "Content-Length: 9, no way!, no way!",
    "Transfer-Encoding: chunked, '3;x=y\n no\n5\n way!\n0\n\n', no way!",
    "X: y, no way!, no way!",
    "Content-Length: x, no way!, ''"
  })
  void aRefusalHasItsStatusAndItsText(String framing, String body, String text) {
    answering(key -> "HTTP/1.1 403 Forbidden\n" + framing + "\n\n" + body);

    assertThatThrownBy(() -> connect())
        .isInstanceOfSatisfying(
            HandshakeRefused.class,
            refused -> {
              assertThat(refused.status()).isEqualTo(403);
              assertThat(refused.body()).isEqualTo(text);
            });
  }

  @Test
  void ofALongRefusalTheBeginningIsEnough() {
    answering(key -> "HTTP/1.1 500 \n\n" + "x".repeat(1_000_000));

    assertThatThrownBy(() -> connect())
        .isInstanceOfSatisfying(
            HandshakeRefused.class, refused -> assertThat(refused.body()).hasSize(4096));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Sec-WebSocket-Accept: AAAAAAAAAAAAAAAAAAAAAAAAAAA=",
        "Sec-WebSocket-Protocol: v3",
        "Sec-WebSocket-Extensions: permessage-deflate"
      })
  void aHandshakeThatAnswersAnotherOneIsNoWebSocket(String field) {
    answering(key ->
        field.startsWith("Sec-WebSocket-Accept")
            ? accepted("another") + "\n"
            : accepted(key) + field + "\n\n");

    assertThatThrownBy(() -> connect("v1")).isInstanceOf(IOException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SSH-2.0-x\n\n",
        "HTTP/1.0 200 OK\n\n",
        "HTTP/1.1 2x0 OK\n\n",
        "HTTP/1.1 2\n\n",
        ""
      })
  void whoDoesNotSpeakHttpIsNoWebSocketEither(String answer) {
    answering(key -> answer);

    assertThatThrownBy(() -> connect())
        .isInstanceOf(IOException.class)
        .isNotInstanceOf(HandshakeRefused.class);
  }

  @ParameterizedTest
  @EnumSource(Pair.Kind.class)
  void whoNeverAnswersCostsTheTimeToConnectAndNoMore(Pair.Kind kind) {
    URI uri = kind.uri(listener.getLocalPort(), "/ws");

    assertThatThrownBy(
            () -> WebSocketClient.connect(uri, Map.of(), List.of(), kind.context(), HASTY))
        .isInstanceOf(SocketTimeoutException.class)
        .hasMessageContaining("for 500 ms");
  }

  @Test
  void whereNobodyListensThereIsNoConnection() throws IOException {
    listener.close();

    assertThatThrownBy(() -> connect()).isInstanceOf(ConnectException.class);
  }

  @ParameterizedTest
  @EnumSource(names = "PLAIN", mode = EnumSource.Mode.EXCLUDE)
  void aCertificateMustBeTrustedAndNameTheHost(Pair.Kind kind) throws Exception {
    InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    try (WebSocketServer server =
        WebSocketServer.listen(
            any,
            kind.context(),
            5,
            Pair.LIMITS,
            request -> new Decision.Accept("", socket -> socket.receive()))) {
      URI named = URI.create("wss://localhost:" + server.port() + "/ws");

      assertThatThrownBy(() ->
              WebSocketClient.connect(named, Map.of(), List.of(), kind.context(), Pair.LIMITS))
          .isInstanceOf(UntrustedCertificate.class)
          .hasMessageContaining("localhost");
      assertThatThrownBy(() ->
              WebSocketClient.connect(
                  kind.uri(server.port(), "/ws"),
                  Map.of(),
                  List.of(),
                  Optional.empty(),
                  Pair.LIMITS))
          .isInstanceOf(UntrustedCertificate.class);
    }
  }

  @ParameterizedTest
  @CsvSource({"Author ization,x", "'',x", "X,'a\r\nY: b'", "X,'a\u0000'"})
  void aFieldThatWouldBreakTheHeadIsNotSentNorTold(String name, String value) {
    assertThatThrownBy(() ->
            WebSocketClient.connect(
                uri("/"), Map.of(name, value), List.of(), Optional.empty(), Pair.LIMITS))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining(value);
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://a/ws", "ws:a", "/ws", "ws:///ws"})
  void anAddressMustBeOneOfAWebSocket(String uri) {
    assertThatThrownBy(() -> Target.of(URI.create(uri)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void anAddressHasADefaultForAllButTheHost() {
    assertThat(Target.of(URI.create("ws://a"))).isEqualTo(new Target(false, "a", 80, "a", "/"));
    assertThat(Target.of(URI.create("WSS://[::1]:9/b?c=%20")))
        .isEqualTo(new Target(true, "::1", 9, "[::1]:9", "/b?c=%20"));
    assertThat(Target.of(URI.create("wss://u:p@a?b")))
        .isEqualTo(new Target(true, "a", 443, "a", "/?b"));
  }

  @Test
  void aServersFrameMustNotBeMasked() throws Exception {
    byte[] masked = HexFormat.of().parseHex("818537fa213d7f9f4d5158");
    answering(key -> accepted(key) + "\n" + new String(masked, StandardCharsets.ISO_8859_1));
    try (WebSocket socket = connect()) {
      assertThatThrownBy(socket::receive)
          .isInstanceOfSatisfying(
              ProtocolFault.class, fault -> assertThat(fault.code()).isEqualTo(1002));
    }
  }
}
