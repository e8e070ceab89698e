package io.sockerless.agent.program;

import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.CompletableFuture;

/** A process of the container that the agent has started, and whose parent it is. */
public final class LocalProcess {

  private final CompletableFuture<Integer> exit = new CompletableFuture<>();

  private LocalProcess() {}

  /**
   * Starts a process.
   *
   * @throws CannotStart if its command, user or folder is not there or cannot be used
   */
  public static LocalProcess start(Command command) throws CannotStart {
    throw new CannotStart(128, "not yet: " + command);
  }

  /** The real command's. */
  public int pid() {
    return 0;
  }

  /** Where standard input is written to; to close it is the input's end. */
  public OutputStream stdin() {
    return OutputStream.nullOutputStream();
  }

  /** Standard output; all output of a terminal. */
  public InputStream stdout() {
    return InputStream.nullInputStream();
  }

  /** Standard error; empty for a terminal. */
  public InputStream stderr() {
    return InputStream.nullInputStream();
  }

  /** Its exit code, 0 to 255, once it has ended; 128 and the signal's number after a signal. */
  public CompletableFuture<Integer> exit() {
    return exit.copy();
  }

  /**
   * Delivers a signal to this process alone; nothing if it has ended.
   *
   * @param number as Linux has it
   */
  public void signal(int number) {}

  /** Sets the terminal's size, of which the kernel tells the process; nothing without one. */
  public void resize(int rows, int columns) {}
}
