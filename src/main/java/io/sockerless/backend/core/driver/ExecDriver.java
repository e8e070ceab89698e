package io.sockerless.backend.core.driver;

import java.time.Duration;

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

  /**
   * Runs a health check's command to its end, and kills it when its time is up: unless a driver
   * knows better, like any other command.
   *
   * @throws StartFailure if the command cannot be run
   * @throws InterruptedException if the check is of no more use; the command is killed
   */
  default CheckResult check(
      ContainerSpec container, ContainerProcess running, ProcessSpec command, Duration timeout)
      throws StartFailure, InterruptedException {
    return CommandCheck.await(exec(container, running, command), timeout);
  }
}
