package io.sockerless.backend.core.agent;

import io.sockerless.backend.core.container.ContainerDirectory;
import io.sockerless.engine.EngineException;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The tokens of containers' agents, which containers have in their environment, or the server
 * makes.
 */
public final class AgentTokens implements Function<String, Optional<String>> {

  private final Supplier<ContainerDirectory> containers;
  private final boolean machines;
  private final AgentKey key;

  /**
   * Asks these, once they are there.
   *
   * @param machines whether containers have agents without having been labelled so
   * @param key makes the tokens of those
   */
  public AgentTokens(Supplier<ContainerDirectory> containers, boolean machines, AgentKey key) {
    this.containers = containers;
    this.machines = machines;
    this.key = key;
  }

  /** By a container's whole id alone: an agent knows it, and who guesses does not. */
  @Override
  public Optional<String> apply(String id) {
    try {
      ContainerDirectory.Entry container = containers.get().resolve(id);
      return container.id().equals(id) ? Optional.of(token(container)) : Optional.empty();
    } catch (EngineException.NotFound | EngineException.InvalidParameter e) {
      return Optional.empty();
    }
  }

  private String token(ContainerDirectory.Entry container) {
    return machines && AgentMode.of(container.config()).isEmpty()
        ? key.token(container.id())
        : AgentMode.token(container.config());
  }
}
