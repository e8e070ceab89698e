package io.sockerless.backend.memory.shell.syntax;

/** A script breaks the grammar; the message says how, and at which line. */
public sealed class SyntaxException extends ShellException permits BadSubstitutionException {

  private static final long serialVersionUID = 1L;

  private final int line;

  SyntaxException(int line, String message) {
    super("syntax error: " + message);
    this.line = line;
  }

  /** Where it was noticed. */
  public final int line() {
    return line;
  }
}
