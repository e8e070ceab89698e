package io.sockerless.backend.core.agent;

import io.sockerless.backend.core.driver.ContainerSpec;
import io.sockerless.backend.core.driver.ProcessSpec;
import java.util.ArrayList;
import java.util.List;

/**
 * What is to run on a container's machine: the agent, in front of the container's command.
 *
 * @param container the image's layers, mounts, names and limits
 * @param process the container's command; its folder and user are the agent's to see to
 * @param callback where the agent finds this server
 * @param token what the agent shows; in the environment alone, where nobody else reads it
 */
public record MachineSpec(
    ContainerSpec container, ProcessSpec process, String callback, String token) {

  /** What the agent is started with: its options, of which there may be more, and the command. */
  public List<String> arguments(String... options) {
    List<String> arguments = new ArrayList<>(List.of("--callback", callback));
    arguments.addAll(List.of(options));
    arguments.add("--");
    arguments.addAll(process.command());
    return arguments;
  }

  /** The agent's environment: the command's, and what tells the agent whose it is. */
  public List<String> environment() {
    List<String> environment = new ArrayList<>(process.environment());
    environment.add(AgentMode.ID + "=" + container.id());
    environment.add(AgentMode.TOKEN + "=" + token);
    return environment;
  }

  /** Without the token. */
  @Override
  public String toString() {
    return "machine of container " + container.id();
  }
}
