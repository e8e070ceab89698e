package io.sockerless.agent.websocket;

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
public record Request(String method, String path, String query, Fields headers) {

  /** Reads the first line, and checks what no request may lack. */
  static Request of(Head head) throws Head.Malformed {
    String line = head.start();
    int first = line.indexOf(' ');
    int second = line.indexOf(' ', first + 1);
    if (!Head.isToken(line, Math.max(first, 0))
        || second < 0
        || !line.startsWith("/", first + 1)
        || !line.startsWith("HTTP/1.1", second + 1)
        || line.length() != second + " HTTP/1.1".length()) {
      throw new Head.Malformed(400, "the request's first line is none of HTTP/1.1");
    }
    if (head.fields().all("Host").size() != 1) {
      throw new Head.Malformed(400, "the request has not one Host");
    }
    String target = line.substring(first + 1, second);
    int mark = target.indexOf('?');
    return new Request(
        line.substring(0, first),
        mark < 0 ? target : target.substring(0, mark),
        mark < 0 ? "" : target.substring(mark + 1),
        head.fields());
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
