package io.sockerless.agent.program;

/** A process could not be started; the message is in the words of Docker's runtime. */
public final class CannotStart extends Exception {

  private static final long serialVersionUID = 1L;

  private final int code;

  /**
   * Says why.
   *
   * @param code 127 if there is no such command, 126 if it cannot be executed, else 128
   */
  public CannotStart(int code, String message) {
    super(message);
    this.code = code;
  }

  /** What the exit code is to be. */
  public int code() {
    return code;
  }

  /** What the message says, never null. */
  public String text() {
    String message = getMessage();
    return message == null ? "" : message;
  }
}
