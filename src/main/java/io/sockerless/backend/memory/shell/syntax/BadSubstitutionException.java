package io.sockerless.backend.memory.shell.syntax;

/** What stands in braces after a dollar is nothing that a shell can expand. */
final class BadSubstitutionException extends SyntaxException {

  private static final long serialVersionUID = 1L;

  BadSubstitutionException(int line) {
    super(line, "bad substitution");
  }
}
