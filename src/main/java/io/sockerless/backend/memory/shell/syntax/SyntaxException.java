package io.sockerless.backend.memory.shell.syntax;

/** A script breaks the grammar; the message says how, and at which line. */
public final class SyntaxException extends ShellException {

  private static final long serialVersionUID = 1L;

  private final int line;

  SyntaxException(int line, String message) {
    super("syntax error: " + message);
    this.line = line;
  }

  /** Where it was noticed. */
  public int line() {
    return line;
  }
}
