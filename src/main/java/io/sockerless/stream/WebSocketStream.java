package io.sockerless.stream;

import io.sockerless.engine.EngineException;
import io.sockerless.engine.HijackedStream;
import io.sockerless.wire.Headers;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * A hijacked stream that a client reaches by a WebSocket: output goes out as binary messages, input
 * comes as messages of either kind, pings are answered, and a close ends both directions.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6455">RFC 6455</a>
 */
public final class WebSocketStream extends WebSocketHijack {

  private static final String MAGIC = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
  private static final int CAPACITY = 64 * 1024;
  private static final int PIECE = 16 * 1024;

  private final HijackedStream stream;
  private final OutputStream input;

  private WebSocketStream(HijackedStream stream, Headers headers) {
    super(headers, CAPACITY);
    this.stream = stream;
    this.input = new WebSocketDecoder(this::frame);
  }

  /**
   * The client's key.
   *
   * @throws EngineException.InvalidParameter if it did not ask for a WebSocket
   */
  public static String key(Headers request) {
    return request
        .first("Sec-WebSocket-Key")
        .filter(key -> !key.isBlank())
        .orElseThrow(() -> new EngineException.InvalidParameter("not a WebSocket handshake"));
  }

  /** Carries a stream over a WebSocket whose client sent this key. */
  public static WebSocketStream over(HijackedStream stream, String key) {
    WebSocketStream socket = new WebSocketStream(stream, accepted(key));
    Thread.ofVirtual().name("websocket output").start(socket::carryOutput);
    return socket;
  }

  /** The head of an answer to a client that sent this key. */
  static Headers accepted(String key) {
    return Headers.of(
        "Upgrade", "websocket", "Connection", "Upgrade", "Sec-WebSocket-Accept", accept(key));
  }

  static String accept(String key) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-1")
              .digest((key.strip() + MAGIC).getBytes(StandardCharsets.US_ASCII));
      return Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private void carryOutput() {
    byte[] piece = new byte[PIECE];
    try (OutputStream frames = frames()) {
      int count;
      while ((count = stream.output().read(piece, 0, piece.length)) >= 0) {
        send(WebSocketDecoder.BINARY, piece, count);
      }
      frames.write(WebSocketDecoder.closing());
    } catch (IOException e) {
      // The client has left; there is nobody to tell.
      stream.close();
    }
  }

  private void frame(int kind, boolean last, byte[] payload) throws IOException {
    switch (kind) {
      case WebSocketDecoder.PING -> send(WebSocketDecoder.PONG, payload, payload.length);
      case WebSocketDecoder.CLOSE -> stream.close();
      case WebSocketDecoder.PONG -> {}
      default -> {
        stream.input().write(payload, 0, payload.length);
        stream.input().flush();
      }
    }
  }

  @Override
  public OutputStream input() {
    return input;
  }

  @Override
  public void closeInput() throws IOException {
    stream.closeInput();
  }

  @Override
  public void close() {
    stream.close();
    abandon();
  }
}
