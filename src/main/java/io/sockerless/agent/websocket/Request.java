package io.sockerless.agent.websocket;

import io.sockerless.wire.Headers;
import io.sockerless.wire.ProtocolException;
import io.sockerless.wire.RequestHead;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * What a client asks a {@link WebSocketServer} for.
 *
 * @param path as it was sent, not decoded
 * @param query as it was sent, without the question mark; empty if there is none
 */
public record Request(String method, String path, String query, Headers headers) {

  /** Checks what no request may lack. */
  static Request of(RequestHead head) throws ProtocolException {
    String target = head.target();
    if (head.minor() != 1 || !target.startsWith("/")) {
      throw new ProtocolException(400, "the request's first line is none of HTTP/1.1");
    }
    if (head.headers().only("Host").isEmpty()) {
      throw new ProtocolException(400, "the request has not one Host");
    }
    int mark = target.indexOf('?');
    return new Request(
        head.method(),
        mark < 0 ? target : target.substring(0, mark),
        mark < 0 ? "" : target.substring(mark + 1),
        head.headers());
  }

  /** The subprotocols that the client speaks, the best one first. */
  public List<String> subprotocols() {
    return headers.members("Sec-WebSocket-Protocol");
  }

  /** A parameter of the query, decoded; the first one of its name. */
  public Optional<String> parameter(String name) {
    for (String pair : query.split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals >= 0 && pair.substring(0, equals).equals(name)) {
        return decode(pair.substring(equals + 1));
      }
    }
    return Optional.empty();
  }

  private static Optional<String> decode(String text) {
    try {
      return Optional.of(URLDecoder.decode(text, StandardCharsets.UTF_8));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
