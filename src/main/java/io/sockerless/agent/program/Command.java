package io.sockerless.agent.program;

import java.util.List;

/**
 * What one process is to run as; the whole of it, so that nothing is taken over from the agent.
 *
 * @param command its program and arguments, not empty
 * @param environment {@code NAME=value}, complete but for HOME
 * @param directory the working directory, which must be there; empty for the root
 * @param user {@code user[:group]} by name or number; empty for the agent's own
 * @param tty whether it gets a terminal; standard output then carries standard error as well
 * @param openInput whether standard input is open; otherwise it is at its end at once
 * @param rows of the terminal, 0 if nobody has told
 * @param columns of the terminal, 0 if nobody has told
 */
public record Command(
    List<String> command,
    List<String> environment,
    String directory,
    String user,
    boolean tty,
    boolean openInput,
    int rows,
    int columns) {

  /** Copies the lists. */
  public Command {
    command = List.copyOf(command);
    environment = List.copyOf(environment);
    if (command.isEmpty()) {
      throw new IllegalArgumentException("no command");
    }
  }
}
