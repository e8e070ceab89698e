package io.sockerless.backend.core.driver;

/** A process could not be started; the message is the runtime's words. */
public final class StartFailure extends Exception {

  private static final long serialVersionUID = 1L;
  private static final int CANNOT_START = 128;

  private final int code;
  private final boolean refused;

  /**
   * Says why.
   *
   * @param code 127 if there is no such command, 126 if it cannot be executed, else 128
   */
  public StartFailure(int code, String message) {
    this(code, message, false);
  }

  private StartFailure(int code, String message, boolean refused) {
    super(message);
    this.code = code;
    this.refused = refused;
  }

  /**
   * What dockerd itself refuses before its runtime is asked, such as a user that is not there: the
   * client reads these words alone.
   */
  public static StartFailure refusal(String message) {
    return new StartFailure(CANNOT_START, message, true);
  }

  /** What the container's exit code is to be. */
  public int code() {
    return code;
  }

  /** Whether it was refused before the runtime was asked. */
  public boolean isRefusal() {
    return refused;
  }

  /** What the message says, never null. */
  public String text() {
    String message = getMessage();
    return message == null ? "" : message;
  }
}
