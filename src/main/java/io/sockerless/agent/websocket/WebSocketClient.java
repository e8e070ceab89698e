package io.sockerless.agent.websocket;

import io.sockerless.wire.HeadReader;
import io.sockerless.wire.Headers;
import io.sockerless.wire.RequestHead;
import io.sockerless.wire.ResponseHead;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
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

  /**
   * Tries the host's addresses in their order: one of them may belong to a network we lack. The
   * time is not the socket's to keep: one that has ever had to do that does not block any more, and
   * each large write to it takes several.
   */
  private WebSocket open(byte[] request, String key, Optional<SSLContext> tls) throws IOException {
    long due = System.nanoTime() + limits.connect().toNanos();
    IOException last = new IOException("no address of " + target.host());
    for (InetAddress address : InetAddress.getAllByName(target.host())) {
      Socket raw = new Socket(Proxy.NO_PROXY);
      boolean connected = false;
      try (Deadline deadline = Deadline.after(left(due), raw)) {
        try {
          raw.connect(new InetSocketAddress(address, target.port()));
          connected = true;
          return shakeHands(raw, request, key, tls);
        } catch (IOException e) {
          close(raw);
          if (deadline.hasPassed()) {
            throw late();
          }
          last = e;
        }
      }
      if (connected) {
        break;
      }
    }
    throw last;
  }

  private WebSocket shakeHands(Socket raw, byte[] request, String key, Optional<SSLContext> tls)
      throws IOException {
    Connection connection = secure(raw, tls);
    connection.output().write(request, 0, request.length);
    String subprotocol = accepted(connection, key);
    return new WebSocket(connection, Role.CLIENT, subprotocol, limits);
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
    List<Headers.Field> fields = new ArrayList<>();
    fields.add(new Headers.Field("Host", target.authority()));
    fields.add(new Headers.Field("Upgrade", "websocket"));
    fields.add(new Headers.Field("Connection", "Upgrade"));
    fields.add(new Headers.Field("Sec-WebSocket-Version", Handshake.VERSION));
    fields.add(new Headers.Field("Sec-WebSocket-Key", key));
    if (!subprotocols.isEmpty()) {
      fields.add(new Headers.Field("Sec-WebSocket-Protocol", String.join(", ", subprotocols)));
    }
    headers.forEach((name, value) -> fields.add(new Headers.Field(name, value)));
    RequestHead head = new RequestHead("GET", target.resource(), Headers.of(fields));
    if (!head.isWellFormed()) {
      // Its values are not told: they may be secrets.
      throw new IllegalArgumentException("fields that cannot be sent: " + headers.keySet());
    }
    return head.encode();
  }

  /** Reads the answer; what the server has chosen of the subprotocols, or nothing. */
  private String accepted(Connection connection, String key) throws IOException {
    ResponseHead head = answer(connection);
    while (head.status() < 200 && head.status() != SWITCHING_PROTOCOLS) {
      head = answer(connection);
    }
    Headers fields = head.headers();
    if (head.status() != SWITCHING_PROTOCOLS) {
      throw new HandshakeRefused(head.status(), new RefusalBody(connection.input(), fields).text());
    }
    String subprotocol = fields.only("Sec-WebSocket-Protocol").orElse("");
    if (!fields.hasToken("Upgrade", "websocket")
        || !fields.hasToken("Connection", "Upgrade")
        || !fields.only("Sec-WebSocket-Accept").equals(Optional.of(Handshake.accept(key)))
        || !fields.all("Sec-WebSocket-Extensions").isEmpty()
        || (!subprotocol.isEmpty() && !subprotocols.contains(subprotocol))) {
      throw new IOException("the server's handshake is not one of ours");
    }
    return subprotocol;
  }

  private static ResponseHead answer(Connection connection) throws IOException {
    ResponseHead head = HeadReader.response(connection.input(), Handshake.MAX_HEAD);
    if (head.minor() != 1) {
      throw new IOException("the server does not speak HTTP/1.1");
    }
    return head;
  }
}
