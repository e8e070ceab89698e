package io.sockerless.backend.memory.shell.builtin;

import java.io.IOException;

/**
 * A command that the shell itself runs.
 *
 * @param isSpecial whether its errors end a shell and assignments before it stay, as POSIX has it
 */
public record Builtin(boolean isSpecial, Action action) {

  /** What it does. */
  @FunctionalInterface
  public interface Action {
    /** Runs it and answers the exit status. */
    int run(Invocation call) throws IOException;
  }

  /** Runs it. */
  public int run(Invocation call) throws IOException {
    return action.run(call);
  }
}
