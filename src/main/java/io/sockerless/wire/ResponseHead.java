package io.sockerless.wire;

import java.nio.charset.StandardCharsets;

/**
 * The status line and header fields of one HTTP/1.x response (RFC 9112, 4).
 *
 * @param minor the minor version: 1 for HTTP/1.1, 0 for HTTP/1.0
 * @param reason the reason phrase, kept since Docker's own ({@code UPGRADED}) differs from the
 *     registry's
 */
public record ResponseHead(int minor, int status, String reason, Headers headers) {

  /** Whether the connection may serve another request after this response (RFC 9112, 9.3). */
  public boolean keepsAlive() {
    return minor == 1 && !headers.hasToken("Connection", "close");
  }

  /** The bytes of the head, the blank line included. */
  public byte[] encode() {
    StringBuilder text = new StringBuilder(256);
    text.append("HTTP/1.1 ").append(status).append(' ').append(reason).append("\r\n");
    append(text, headers);
    return text.toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  static void append(StringBuilder text, Headers headers) {
    for (Headers.Field field : headers.fields()) {
      text.append(field.name()).append(": ").append(field.value()).append("\r\n");
    }
    text.append("\r\n");
  }
}
