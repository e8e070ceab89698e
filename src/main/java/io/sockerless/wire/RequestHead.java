package io.sockerless.wire;

import java.nio.charset.StandardCharsets;

/**
 * The request line and header fields of one HTTP/1.x request (RFC 9112, 3).
 *
 * @param minor the minor version: 1 for HTTP/1.1, 0 for HTTP/1.0
 */
public record RequestHead(String method, String target, int minor, Headers headers) {

  /** A head of HTTP/1.1 that we send ourselves. */
  public RequestHead(String method, String target, Headers headers) {
    this(method, target, 1, headers);
  }

  /** Whether the sender wants the connection kept after the answer (RFC 9112, 9.3). */
  public boolean keepsAlive() {
    return minor == 1 && !headers.hasToken("Connection", "close");
  }

  /** Whether the sender asks for another protocol on this connection (RFC 9110, 7.8). */
  public boolean wantsUpgrade() {
    return headers.first("Upgrade").isPresent() && headers.hasToken("Connection", "Upgrade");
  }

  /**
   * Whether our own parser reads the bytes of this head as this head: nothing in it passes for
   * something else.
   */
  public boolean isWellFormed() {
    byte[] bytes = encode();
    try {
      RequestHead read = new HeadParser(bytes, 0, bytes.length).request();
      return read.method.equals(method)
          && read.target.equals(target)
          && read.headers.fields().equals(headers.fields());
    } catch (ProtocolException e) {
      return false;
    }
  }

  /** The bytes of the head, the blank line included. */
  public byte[] encode() {
    StringBuilder text = new StringBuilder(256);
    text.append(method).append(' ').append(target).append(" HTTP/1.1\r\n");
    ResponseHead.append(text, headers);
    return text.toString().getBytes(StandardCharsets.ISO_8859_1);
  }
}
