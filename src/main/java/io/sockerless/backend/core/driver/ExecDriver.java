package io.sockerless.backend.core.driver;

/** Runs further commands in a container that runs. */
public non-sealed interface ExecDriver extends Driver {

  /**
   * Starts a command.
   *
   * @param running the container's first process
   * @throws StartFailure if the command cannot be run
   */
  ContainerProcess exec(ContainerSpec container, ContainerProcess running, ProcessSpec command)
      throws StartFailure;
}
