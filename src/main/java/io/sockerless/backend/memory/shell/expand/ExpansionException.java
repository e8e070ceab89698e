package io.sockerless.backend.memory.shell.expand;

import java.io.IOException;

/** A word cannot be expanded; a shell that is not interactive ends with it. */
public final class ExpansionException extends IOException {

  private static final long serialVersionUID = 1L;

  /** Says why. */
  public ExpansionException(String message) {
    super(message);
  }
}
