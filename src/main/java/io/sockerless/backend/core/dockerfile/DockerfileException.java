package io.sockerless.backend.core.dockerfile;

/** What is wrong with a Dockerfile, in dockerd's words. */
final class DockerfileException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final boolean syntax;
  private final boolean located;

  private DockerfileException(String message, boolean syntax, boolean located) {
    super(message);
    this.syntax = syntax;
    this.located = located;
  }

  /** A line cannot be read. */
  static DockerfileException ofSyntax(String message) {
    return new DockerfileException(message, true, true);
  }

  /** An instruction makes no sense; whoever knows where it stands says so. */
  static DockerfileException ofInstruction(String message) {
    return new DockerfileException(message, false, false);
  }

  /** The file as a whole makes no sense. */
  static DockerfileException ofFile(String message) {
    return new DockerfileException(message, false, true);
  }

  /** The same with the line, if it is not told yet. */
  DockerfileException at(int line) {
    return located
        ? this
        : new DockerfileException(
            "dockerfile parse error line " + line + ": " + text(), syntax, true);
  }

  boolean isSyntax() {
    return syntax;
  }

  /** What the message says, never null. */
  String text() {
    String message = getMessage();
    return message == null ? "" : message;
  }
}
