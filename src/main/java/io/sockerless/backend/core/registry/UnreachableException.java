package io.sockerless.backend.core.registry;

import java.io.IOException;

/** A registry did not answer at all. */
public final class UnreachableException extends IOException {

  private static final long serialVersionUID = 1L;

  /** Says which, and why. */
  public UnreachableException(String message) {
    super(message);
  }

  UnreachableException(String message, Throwable cause) {
    super(message, cause);
  }
}
