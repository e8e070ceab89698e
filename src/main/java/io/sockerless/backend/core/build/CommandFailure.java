package io.sockerless.backend.core.build;

import java.util.List;

/** A command of a build ended with another code than zero, which ends the build. */
final class CommandFailure extends Exception {

  private static final long serialVersionUID = 1L;

  private final int code;

  CommandFailure(List<String> command, int code) {
    super("The command '" + String.join(" ", command) + "' returned a non-zero code: " + code);
    this.code = code;
  }

  int code() {
    return code;
  }

  /** What the message says, never null. */
  String text() {
    return String.valueOf(getMessage());
  }
}
