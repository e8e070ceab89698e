package io.sockerless.backend.core.agent;

import io.sockerless.backend.core.driver.ContainerSpec;
import io.sockerless.backend.core.driver.StartFailure;
import java.util.concurrent.CompletableFuture;

/**
 * Starts the machines of containers that run elsewhere: tasks of a cloud, virtual machines,
 * processes on another host. It starts them and takes them away; all that is between is spoken of
 * with the agent on each.
 */
public interface MachineLauncher extends AutoCloseable {

  /**
   * Starts a container's machine. It is asked for whenever the container starts and no agent of its
   * is connected: one that was started with {@code --keep-alive} is used again.
   *
   * <p>It returns as soon as the machine is on its way, and the start then waits for the agent.
   *
   * @return completes when the machine has ended, with a sentence that says how; never, if nobody
   *     can know that
   * @throws StartFailure if there can be no machine
   */
  CompletableFuture<String> launch(MachineSpec machine) throws StartFailure;

  /**
   * The container is removed: its machine ends, if there is one, and all of it goes. Its agent has
   * been told already. Containers that never had a machine are removed too.
   */
  void remove(ContainerSpec container);

  /** The server stops; its containers have been stopped. */
  @Override
  void close();
}
