package io.sockerless.wire;

import java.io.IOException;

/**
 * No connection could be opened, so nothing of the request was sent: told apart because it is safe
 * to try again.
 */
public final class ConnectionFailedException extends IOException {

  private static final long serialVersionUID = 1L;

  /** Wraps what the dialler threw. */
  public ConnectionFailedException(IOException cause) {
    super(cause.getMessage(), cause);
  }
}
