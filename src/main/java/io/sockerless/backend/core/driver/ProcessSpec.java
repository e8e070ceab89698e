package io.sockerless.backend.core.driver;

import java.util.List;

/**
 * One process to run in a container.
 *
 * @param command its program and arguments, not empty
 * @param environment {@code NAME=value}, complete but for what the driver knows alone, such as HOME
 * @param directory the working directory; made if it is not there
 * @param user {@code user[:group]} by name or number, empty for root
 * @param tty whether it gets a terminal; standard output then carries standard error as well
 * @param openInput whether standard input is open; otherwise it is at its end at once
 * @param privileged whether an exec asked for it
 */
public record ProcessSpec(
    List<String> command,
    List<String> environment,
    String directory,
    String user,
    boolean tty,
    boolean openInput,
    boolean privileged,
    int rows,
    int columns) {

  /** Copies the lists. */
  public ProcessSpec {
    command = List.copyOf(command);
    environment = List.copyOf(environment);
  }
}
