package io.sockerless.agent.protocol;

import io.sockerless.agent.websocket.Limits;
import io.sockerless.agent.websocket.WebSocket;
import io.sockerless.agent.websocket.WebSocketClient;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/** A WebSocket that carries a link, at either end of it that has blocking sockets. */
public final class WebSocketWire implements Wire {

  /** The close code for somebody who does not keep to the protocol (RFC 6455, 7.4.1). */
  public static final int POLICY_VIOLATION = 1008;

  /** What either end may cost the other; one that pings every 15 seconds is never silent for 45. */
  public static final Limits LIMITS =
      new Limits(MessageCodec.MAX_MESSAGE, Duration.ofSeconds(10), Duration.ofSeconds(45));

  private static final int NORMAL = 1000;

  private final WebSocket socket;
  private final boolean binary;

  /** Speaks what both ends have agreed on. */
  public WebSocketWire(WebSocket socket) {
    this.socket = socket;
    this.binary = socket.subprotocol().equals(MessageCodec.BINARY_SUBPROTOCOL);
  }

  /**
   * Calls the other end.
   *
   * @param token shows that we may
   * @param tls for {@code wss:}; by default what the JDK trusts
   * @throws io.sockerless.agent.websocket.HandshakeRefused if the other end says that we may not
   */
  public static WebSocketWire call(URI uri, String token, Optional<SSLContext> tls)
      throws IOException {
    return new WebSocketWire(
        WebSocketClient.connect(
            uri,
            Map.of("Authorization", "Bearer " + token),
            MessageCodec.SUBPROTOCOLS,
            tls,
            LIMITS));
  }

  @Override
  public void send(Message message) throws IOException {
    if (binary && message instanceof Message.Data data) {
      Bytes bytes = data.data();
      socket.sendBinary(
          MessageCodec.binaryHead(data), bytes.array(), bytes.offset(), bytes.length());
    } else {
      socket.sendText(MessageCodec.text(message));
    }
  }

  @Override
  public void close(String reason) {
    socket.close(NORMAL, reason);
    socket.abort();
  }

  /** Takes messages. */
  @FunctionalInterface
  public interface Listener {
    /** Takes one. */
    void receive(Message message) throws ProtocolFault;
  }

  /**
   * Hands on what comes, until the connection ends.
   *
   * @throws IOException if it breaks, or the other side breaks the protocol, of which it is told
   */
  public void listen(Listener listener) throws IOException {
    try {
      Optional<io.sockerless.agent.websocket.Message> next = socket.receive();
      for (; next.isPresent(); next = socket.receive()) {
        listener.receive(
            switch (next.get()) {
              case io.sockerless.agent.websocket.Message.Text(String text) ->
                  MessageCodec.decode(text);
              case io.sockerless.agent.websocket.Message.Binary(byte[] bytes) ->
                  MessageCodec.decode(bytes);
            });
      }
    } catch (ProtocolFault e) {
      socket.close(POLICY_VIOLATION, String.valueOf(e.getMessage()));
      throw e;
    }
  }
}
