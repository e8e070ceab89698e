package io.sockerless.stream;

import java.io.IOException;

/**
 * A client broke the WebSocket protocol, or asked too much of us; the code is the one that a close
 * tells it.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6455#section-7.4.1">RFC 6455, 7.4.1</a>
 */
public final class WebSocketFault extends IOException {

  private static final long serialVersionUID = 1L;

  private final int code;

  /** Says what was wrong. */
  WebSocketFault(int code, String message) {
    super(message);
    this.code = code;
  }

  /** Of a close. */
  public int code() {
    return code;
  }
}
