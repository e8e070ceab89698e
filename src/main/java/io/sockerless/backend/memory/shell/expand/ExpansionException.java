package io.sockerless.backend.memory.shell.expand;

import io.sockerless.backend.memory.shell.syntax.ShellException;

/** A word cannot be expanded; a shell that is not interactive ends with it. */
public final class ExpansionException extends ShellException {

  private static final long serialVersionUID = 1L;

  private final boolean ofUnset;

  /** Says why. */
  public ExpansionException(String message) {
    this(message, false);
  }

  private ExpansionException(String message, boolean ofUnset) {
    super(message);
    this.ofUnset = ofUnset;
  }

  /** A parameter has no value that must have one. */
  static ExpansionException ofUnset(String message) {
    return new ExpansionException(message, true);
  }

  /** Whether a parameter has no value that must have one, which always ends the shell. */
  public boolean isOfUnset() {
    return ofUnset;
  }
}
