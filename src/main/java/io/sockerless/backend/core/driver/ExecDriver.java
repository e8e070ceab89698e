package io.sockerless.backend.core.driver;

/** Runs further commands in a container that runs. */
public non-sealed interface ExecDriver extends Driver {

  /**
   * Starts a command: unless a driver knows better, as the first process itself does.
   *
   * @param running the container's first process
   * @throws StartFailure if the command cannot be run
   */
  default ContainerProcess exec(
      ContainerSpec container, ContainerProcess running, ProcessSpec command) throws StartFailure {
    return running.exec(command);
  }
}
