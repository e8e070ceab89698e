package io.sockerless.backend.core.network;

import io.sockerless.backend.core.container.ContainerDirectory;
import io.sockerless.backend.core.document.Documents;
import io.sockerless.engine.EngineException;
import io.sockerless.wire.Headers;
import jakarta.json.JsonObject;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Puts containers on networks and takes them off, whether they run or not. */
final class NetworkMembers {

  private final NetworkRegistry registry;
  private final Supplier<ContainerDirectory> containers;

  NetworkMembers(NetworkRegistry registry, Supplier<ContainerDirectory> containers) {
    this.registry = registry;
    this.containers = containers;
  }

  /**
   * Puts a container on a network; one that does not run joins at its next start.
   *
   * @throws EngineException.Forbidden if it is there already
   */
  void connect(Network network, String idOrName, JsonObject settings) {
    ContainerDirectory.Entry container = containers.get().resolve(idOrName);
    EndpointRules.check(network, settings);
    checkTogether(container, network);
    EndpointRules.checkMac("", settings);
    JsonObject prepared = EndpointSettings.prepare(withMac(container, network, settings));
    if (!container.isRunning()) {
      containers.get().setNetwork(container.id(), network.name(), Optional.of(prepared));
      return;
    }
    if (registry.endpoint(network, container.id()).isPresent()) {
      throw EngineException.of(
          403,
          "endpoint with name %s already exists in network %s"
              .formatted(container.name(), network.name()),
          Headers.empty());
    }
    Endpoint endpoint = registry.attach(network, container.id(), container.name(), prepared);
    JsonObject filled = endpoint.fill(prepared, network);
    JsonObject named =
        EndpointSettings.withNames(
            filled, EndpointSettings.names(network, container.id(), container.name(), filled));
    try {
      containers.get().setNetwork(container.id(), network.name(), Optional.of(named));
    } catch (EngineException e) {
      registry.detach(network, container.id());
      throw e;
    }
  }

  /** A container that comes back to its first network has the address there that it asked for. */
  private static JsonObject withMac(
      ContainerDirectory.Entry container, Network network, JsonObject settings) {
    NetworkMode mode = NetworkMode.of(container.hostConfig());
    return network.name().equals(mode.network()) || network.id().equals(mode.network())
        ? EndpointSettings.withMac(settings, container.config(), mode)
        : settings;
  }

  private void checkTogether(ContainerDirectory.Entry container, Network network) {
    if (NetworkMode.of(container.hostConfig()).sharedContainer().isPresent()) {
      throw EndpointRules.shared();
    }
    if (network.driver().equals(Network.HOST) && !isOnHost(container)) {
      throw EndpointRules.host();
    }
    Set<String> together = new HashSet<>(container.networks().keySet());
    together.add(network.name());
    EndpointRules.checkTogether(together);
  }

  private static boolean isOnHost(ContainerDirectory.Entry container) {
    return NetworkMode.of(container.hostConfig()).network().equals(Network.HOST);
  }

  /**
   * Takes off a container what it still knows of a network that is gone.
   *
   * @throws EngineException.Failure if it knows nothing of it
   */
  void forget(String networkName, String idOrName) {
    ContainerDirectory.Entry container = containers.get().resolve(idOrName);
    if (!container.networks().containsKey(networkName)) {
      throw new EngineException.Failure(
          500,
          "container %s is not connected to the network %s".formatted(container.id(), networkName));
    }
    containers.get().setNetwork(container.id(), networkName, Optional.empty());
  }

  /**
   * Takes a container off a network.
   *
   * @param force take off what is left of a container that is gone, too
   * @throws EngineException.Failure if it is not on it
   */
  void disconnect(Network network, String idOrName, boolean force) {
    ContainerDirectory.Entry container;
    try {
      container = containers.get().resolve(idOrName);
    } catch (EngineException.NotFound e) {
      if (!force) {
        throw e;
      }
      disconnectGone(network, idOrName);
      return;
    }
    if (network.driver().equals(Network.HOST) && isOnHost(container)) {
      throw EndpointRules.host();
    }
    boolean was = registry.detach(network, container.id());
    if (!was && Documents.object(container.networks(), network.name()).isEmpty()) {
      throw new EngineException.Failure(
          500,
          "container %s is not connected to %snetwork %s"
              .formatted(container.id(), container.isRunning() ? "" : "the ", network.name()));
    }
    containers.get().setNetwork(container.id(), network.name(), Optional.empty());
  }

  private void disconnectGone(Network network, String name) {
    Endpoint endpoint =
        registry.endpoints(network).stream()
            .filter(it -> it.containerName().equals(name) || it.containerId().equals(name))
            .findFirst()
            .orElseThrow(() -> new EngineException.NotFound("endpoint " + name + " not found"));
    registry.detach(network, endpoint.containerId());
  }
}
