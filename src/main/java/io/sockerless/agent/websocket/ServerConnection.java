package io.sockerless.agent.websocket;

import io.sockerless.wire.HeadReader;
import io.sockerless.wire.Headers;
import io.sockerless.wire.ProtocolException;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * A server's connection: one request, and its answer or WebSocket.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6455#section-4.2">RFC 6455, 4.2</a>
 */
final class ServerConnection {

  private static final String TEXT = "text/plain; charset=utf-8";

  private final Socket raw;
  private final Optional<SSLContext> tls;
  private final Limits limits;
  private final WebSocketServer.Handler handler;
  private volatile Optional<WebSocket> opened = Optional.empty();

  private record Accepted(WebSocket socket, Decision.Session session) {}

  ServerConnection(
      Socket raw, Optional<SSLContext> tls, Limits limits, WebSocketServer.Handler handler) {
    this.raw = raw;
    this.tls = tls;
    this.limits = limits;
    this.handler = handler;
  }

  /** Whose it is, for the log. */
  SocketAddress peer() {
    return raw.getRemoteSocketAddress();
  }

  /** Serves it to its end. */
  void run() throws IOException {
    try (raw) {
      Optional<Accepted> accepted = shakeHands();
      if (accepted.isPresent()) {
        serve(accepted.get());
      }
    }
  }

  /** Closes a WebSocket in order, and cuts off whoever has none yet. */
  void stop() {
    if (opened.isPresent()) {
      opened.get().close(CloseReason.GOING_AWAY, "the server is stopping");
    } else {
      cut();
    }
  }

  private void cut() {
    try {
      raw.close();
    } catch (IOException e) {
      // The descriptor is gone either way.
    }
  }

  private void serve(Accepted accepted) throws IOException {
    try (WebSocket socket = accepted.socket()) {
      opened = Optional.of(socket);
      try {
        accepted.session().run(socket);
      } catch (IOException | RuntimeException e) {
        socket.close(CloseReason.INTERNAL_ERROR, "");
        throw e;
      }
    }
  }

  private Optional<Accepted> shakeHands() throws IOException {
    try (Deadline deadline = Deadline.after(limits.connect(), raw)) {
      try {
        Connection connection =
            tls.isPresent() ? Connection.fromClient(raw, tls.get()) : Connection.plain(raw);
        return answer(connection);
      } catch (IOException e) {
        if (deadline.hasPassed()) {
          throw new IOException("no request came in time", e);
        }
        throw e;
      }
    }
  }

  private Optional<Accepted> answer(Connection connection) throws IOException {
    try {
      Request request = Request.of(HeadReader.request(connection.input(), Handshake.MAX_HEAD));
      Decision decision = handler.decide(request);
      if (decision instanceof Decision.Accept accept) {
        return Optional.of(open(connection, key(request, accept), accept));
      }
      refuse(connection, (Decision.Answer) decision, !request.method().equals("HEAD"));
    } catch (ProtocolException e) {
      refuse(connection, new Decision.Answer(e.status(), TEXT, e.text() + "\n"), true);
    }
    return Optional.empty();
  }

  private Accepted open(Connection connection, String key, Decision.Accept accept)
      throws IOException {
    write(connection, switching(key, accept.subprotocol()));
    WebSocket socket = new WebSocket(connection, Role.SERVER, accept.subprotocol(), limits);
    return new Accepted(socket, accept.session());
  }

  private static void refuse(Connection connection, Decision.Answer answer, boolean withBody)
      throws IOException {
    String head = head(answer);
    write(connection, withBody ? head + answer.body() : head);
    connection.finish();
  }

  /** The key of a request that asks for a WebSocket, as it should. */
  private static String key(Request request, Decision.Accept accept) throws ProtocolException {
    Headers fields = request.headers();
    if (!fields.only("Sec-WebSocket-Version").equals(Optional.of(Handshake.VERSION))) {
      throw new ProtocolException(
          426, "WebSocket of version " + Handshake.VERSION + " is spoken here");
    }
    Optional<String> key = fields.only("Sec-WebSocket-Key");
    if (!request.method().equals("GET")
        || !fields.hasToken("Upgrade", "websocket")
        || !fields.hasToken("Connection", "Upgrade")
        || key.isEmpty()
        || !Handshake.isKey(key.get())
        || !fields.all("Content-Length").isEmpty()
        || !fields.all("Transfer-Encoding").isEmpty()) {
      throw new ProtocolException(400, "not the handshake of a WebSocket");
    }
    String subprotocol = accept.subprotocol();
    if (!subprotocol.isEmpty() && !request.subprotocols().contains(subprotocol)) {
      throw new IllegalStateException("the client does not speak " + subprotocol);
    }
    return key.get();
  }

  private static String switching(String key, String subprotocol) {
    StringBuilder head = new StringBuilder("HTTP/1.1 101 Switching Protocols\r\n");
    head.append("Upgrade: websocket\r\nConnection: Upgrade\r\n");
    head.append("Sec-WebSocket-Accept: ").append(Handshake.accept(key)).append("\r\n");
    if (!subprotocol.isEmpty()) {
      head.append("Sec-WebSocket-Protocol: ").append(subprotocol).append("\r\n");
    }
    return head.append("\r\n").toString();
  }

  private static String head(Decision.Answer answer) {
    StringBuilder head = new StringBuilder("HTTP/1.1 ").append(answer.status()).append(" \r\n");
    if (answer.status() == 426) {
      head.append("Upgrade: websocket\r\nSec-WebSocket-Version: ");
      head.append(Handshake.VERSION).append("\r\nConnection: Upgrade, close\r\n");
    } else {
      head.append("Connection: close\r\n");
    }
    head.append("Content-Type: ").append(answer.contentType()).append("\r\n");
    int length = answer.body().getBytes(StandardCharsets.UTF_8).length;
    return head.append("Content-Length: ").append(length).append("\r\n\r\n").toString();
  }

  private static void write(Connection connection, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    connection.output().write(bytes, 0, bytes.length);
  }
}
