package io.sockerless.backend.memory.kernel;

/**
 * Unwinds a task's thread whose task has ended: by a signal, or since the program asked for it. An
 * error and not an exception, so that no program catches it with others.
 */
public final class TaskEnd extends Error {

  private static final long serialVersionUID = 1L;

  private final int code;

  /** The task ends with this exit code. */
  public TaskEnd(int code) {
    super("exit " + code, null, false, false);
    this.code = code;
  }

  /** The exit code. */
  public int code() {
    return code;
  }
}
