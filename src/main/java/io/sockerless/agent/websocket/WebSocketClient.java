package io.sockerless.agent.websocket;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * Opens WebSockets. It goes without everything of the JDK that is slow to load, since a container's
 * command waits for the agent's first connection.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6455#section-4.1">RFC 6455, 4.1</a>
 */
public final class WebSocketClient {

  private static final int SWITCHING_PROTOCOLS = 101;

  private final Target target;
  private final Map<String, String> headers;
  private final List<String> subprotocols;
  private final Limits limits;

  private WebSocketClient(
      Target target, Map<String, String> headers, List<String> subprotocols, Limits limits) {
    this.target = target;
    this.headers = headers;
    this.subprotocols = subprotocols;
    this.limits = limits;
  }

  /**
   * Connects, and shakes hands. Redirects are not followed.
   *
   * @param uri {@code ws:} or {@code wss:}
   * @param headers further fields of the request
   * @param subprotocols those that we speak, the best one first
   * @param tls for {@code wss:}, which the host's name is checked with; by default what the JDK
   *     trusts
   * @throws HandshakeRefused if the server answers, and not by a WebSocket
   * @throws SocketTimeoutException if it is not there within the limits' time
   * @throws IllegalArgumentException for an address or a field that cannot be
   */
  public static WebSocket connect(
      URI uri,
      Map<String, String> headers,
      List<String> subprotocols,
      Optional<SSLContext> tls,
      Limits limits)
      throws IOException {
    WebSocketClient client =
        new WebSocketClient(Target.of(uri), headers, List.copyOf(subprotocols), limits);
    byte[] nonce = new byte[Handshake.KEY_BYTES];
    Entropy.fill(nonce);
    String key = Base64.getEncoder().encodeToString(nonce);
    return client.open(client.request(key), key, tls);
  }

  private WebSocket open(byte[] request, String key, Optional<SSLContext> tls) throws IOException {
    long due = System.nanoTime() + limits.connect().toNanos();
    Socket raw = dial(due);
    try (Deadline deadline = Deadline.after(left(due), raw)) {
      try {
        Connection connection = secure(raw, tls);
        connection.output().write(request, 0, request.length);
        String subprotocol = accepted(connection, key);
        return new WebSocket(connection, Role.CLIENT, subprotocol, limits);
      } catch (IOException e) {
        close(raw);
        if (deadline.hasPassed()) {
          throw late();
        }
        throw e;
      }
    }
  }

  private static Duration left(long due) {
    return Duration.ofNanos(Math.max(0, due - System.nanoTime()));
  }

  private SocketTimeoutException late() {
    return new SocketTimeoutException(
        "no WebSocket at " + target.authority() + " for " + limits.connect().toMillis() + " ms");
  }

  private static void close(Socket raw) {
    try {
      raw.close();
    } catch (IOException e) {
      // The descriptor is gone either way.
    }
  }

  /** Tries the host's addresses in their order: one of them may belong to a network we lack. */
  private Socket dial(long due) throws IOException {
    IOException last = new IOException("no address of " + target.host());
    for (InetAddress address : InetAddress.getAllByName(target.host())) {
      Socket raw = new Socket(Proxy.NO_PROXY);
      try {
        int timeout = (int) Math.min(Integer.MAX_VALUE, left(due).toMillis());
        if (timeout == 0) {
          throw late();
        }
        raw.connect(new InetSocketAddress(address, target.port()), timeout);
        return raw;
      } catch (IOException e) {
        close(raw);
        last = e;
      }
    }
    throw last;
  }

  private Connection secure(Socket raw, Optional<SSLContext> tls) throws IOException {
    if (!target.secure()) {
      return Connection.plain(raw);
    }
    try {
      return Connection.toServer(
          raw, tls.isPresent() ? tls.get() : SSLContext.getDefault(), target.host());
    } catch (NoSuchAlgorithmException e) {
      throw new IOException(e);
    }
  }

  private byte[] request(String key) {
    StringBuilder request = new StringBuilder(512);
    request.append("GET ").append(target.resource()).append(" HTTP/1.1\r\n");
    field(request, "Host", target.authority());
    field(request, "Upgrade", "websocket");
    field(request, "Connection", "Upgrade");
    field(request, "Sec-WebSocket-Version", Handshake.VERSION);
    field(request, "Sec-WebSocket-Key", key);
    if (!subprotocols.isEmpty()) {
      field(request, "Sec-WebSocket-Protocol", String.join(", ", subprotocols));
    }
    for (Map.Entry<String, String> header : headers.entrySet()) {
      field(request, header.getKey(), header.getValue());
    }
    return request.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  private static void field(StringBuilder request, String name, String value) {
    if (!Head.isToken(name, name.length()) || !Head.isLine(value)) {
      // Not its value: it may be a secret.
      throw new IllegalArgumentException("a field that cannot be sent: " + name);
    }
    request.append(name).append(": ").append(value).append("\r\n");
  }

  /** Reads the answer; what the server has chosen of the subprotocols, or nothing. */
  private String accepted(Connection connection, String key) throws IOException {
    Head head = Head.read(connection.input());
    int status = status(head);
    while (status >= 100 && status < 200 && status != SWITCHING_PROTOCOLS) {
      head = Head.read(connection.input());
      status = status(head);
    }
    Fields fields = head.fields();
    if (status != SWITCHING_PROTOCOLS) {
      throw new HandshakeRefused(status, new RefusalBody(connection.input(), fields).text());
    }
    String subprotocol = fields.only("Sec-WebSocket-Protocol").orElse("");
    if (!fields.lists("Upgrade", "websocket")
        || !fields.lists("Connection", "Upgrade")
        || !fields.only("Sec-WebSocket-Accept").equals(Optional.of(Handshake.accept(key)))
        || !fields.all("Sec-WebSocket-Extensions").isEmpty()
        || (!subprotocol.isEmpty() && !subprotocols.contains(subprotocol))) {
      throw new IOException("the server's handshake is not one of ours");
    }
    return subprotocol;
  }

  private static int status(Head head) throws IOException {
    String line = head.start();
    int end = "HTTP/1.1 200".length();
    if (line.startsWith("HTTP/1.1 ")
        && line.length() >= end
        && (line.length() == end || line.charAt(end) == ' ')) {
      try {
        return Integer.parseUnsignedInt(line, end - 3, end, 10);
      } catch (NumberFormatException e) {
        throw new IOException("the server's answer has no status", e);
      }
    }
    throw new IOException("the server does not speak HTTP/1.1");
  }
}
