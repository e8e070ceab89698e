package io.sockerless.agent.websocket;

import java.io.IOException;

/** A server answered, and not by a WebSocket: the status tells whether it is worth trying again. */
public final class HandshakeRefused extends IOException {

  private static final long serialVersionUID = 1L;

  private final int status;
  private final String body;

  HandshakeRefused(int status, String body) {
    super("the WebSocket was refused with the status " + status + ": " + body);
    this.status = status;
    this.body = body;
  }

  /** HTTP's. */
  public int status() {
    return status;
  }

  /** The beginning of what the server says about it; may be empty. */
  public String body() {
    return body;
  }
}
