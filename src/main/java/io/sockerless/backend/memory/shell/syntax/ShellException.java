package io.sockerless.backend.memory.shell.syntax;

import java.io.IOException;

/** A script cannot go on as it is written; the message says why, in the shell's words. */
public abstract class ShellException extends IOException {

  private static final long serialVersionUID = 1L;

  private final String message;

  /** Says why. */
  protected ShellException(String message) {
    super(message);
    this.message = message;
  }

  @Override
  public String getMessage() {
    return message;
  }
}
