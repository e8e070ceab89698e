package io.sockerless.backend.memory.shell.expand;

import io.sockerless.backend.memory.shell.syntax.ShellException;

/** A word cannot be expanded; a shell that is not interactive ends with it. */
public final class ExpansionException extends ShellException {

  private static final long serialVersionUID = 1L;

  /** Says why. */
  public ExpansionException(String message) {
    super(message);
  }
}
