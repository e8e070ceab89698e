package io.sockerless.backend.core.agent;

import io.sockerless.backend.core.container.ContainerDirectory;
import io.sockerless.engine.EngineException;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** The tokens of containers' agents, which containers have in their environment. */
public final class AgentTokens implements Function<String, Optional<String>> {

  private final Supplier<ContainerDirectory> containers;

  /** Asks these, once they are there. */
  public AgentTokens(Supplier<ContainerDirectory> containers) {
    this.containers = containers;
  }

  /** By a container's whole id alone: an agent knows it, and who guesses does not. */
  @Override
  public Optional<String> apply(String id) {
    try {
      ContainerDirectory.Entry container = containers.get().resolve(id);
      return container.id().equals(id)
          ? Optional.of(AgentMode.token(container.config()))
          : Optional.empty();
    } catch (EngineException.NotFound | EngineException.InvalidParameter e) {
      return Optional.empty();
    }
  }
}
