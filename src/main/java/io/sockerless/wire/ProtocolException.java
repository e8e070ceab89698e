package io.sockerless.wire;

import java.io.IOException;

/**
 * Bytes that are not the HTTP/1.1 that we accept; {@link #status} is what a server answers before
 * it closes.
 */
public final class ProtocolException extends IOException {

  private static final long serialVersionUID = 1L;

  private final int status;
  private final String text;

  /** A violation that is answered with {@code status}, as 400 or 431. */
  public ProtocolException(int status, String message) {
    super(message);
    this.status = status;
    this.text = message;
  }

  /** What is wrong. */
  public String text() {
    return text;
  }

  /** The status to answer with. */
  public int status() {
    return status;
  }

  static ProtocolException bad(String message) {
    return new ProtocolException(400, message);
  }
}
