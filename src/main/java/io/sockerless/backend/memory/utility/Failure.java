package io.sockerless.backend.memory.utility;

import java.io.IOException;

/** Ends a utility with words and an exit code of its own choice; {@link Utility} prints them. */
public final class Failure extends IOException {

  private static final long serialVersionUID = 1L;

  private final String message;
  private final int code;

  /**
   * A failure.
   *
   * @param code the exit code
   * @param message what follows the utility's name on standard error
   */
  public Failure(int code, String message) {
    super(message);
    this.message = message;
    this.code = code;
  }

  /** A failure with exit code 1. */
  public Failure(String message) {
    this(1, message);
  }

  /** A failure of a file: its name in the words, and why. */
  public static Failure of(int code, String words, IOException cause) {
    Failure failure = new Failure(code, words + ": " + cause.getMessage());
    failure.initCause(cause);
    return failure;
  }

  @Override
  public String getMessage() {
    return message;
  }

  /** The exit code. */
  public int code() {
    return code;
  }
}
