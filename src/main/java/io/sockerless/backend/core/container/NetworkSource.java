package io.sockerless.backend.core.container;

import io.sockerless.backend.core.driver.ContainerProcess;
import io.sockerless.backend.core.driver.NetworkEndpoint;
import jakarta.json.JsonObject;
import java.util.List;
import java.util.Optional;

/** What containers ask of networks. */
public interface NetworkSource {

  /**
   * The networks of a new container, from {@code HostConfig.NetworkMode}, {@code NetworkingConfig}
   * and the {@code MacAddress} of its {@code Config}: the Docker API's {@code EndpointSettings} by
   * network name, no address allocated yet.
   *
   * @throws io.sockerless.engine.EngineException.InvalidParameter for what a network cannot fulfil
   * @throws io.sockerless.engine.EngineException.NotFound if a network is not there
   */
  JsonObject prepare(JsonObject config, JsonObject hostConfig, JsonObject networkingConfig);

  /**
   * Joins a container that starts: allocates what it has not, and answers the settings complete.
   *
   * @param networks what {@link #prepare} answered, or what changed since
   */
  JsonObject join(String containerId, String containerName, String hostname, JsonObject networks);

  /**
   * What {@link #join} answered, under the container's new name: the old one does not resolve any
   * more, and addresses stay.
   */
  JsonObject renamed(
      String containerId, String containerName, String hostname, JsonObject networks);

  /**
   * The host name of the other container, where this one shares that one's network: dockerd gives
   * it to both.
   */
  default Optional<String> sharedHostname(String containerId) {
    return Optional.empty();
  }

  /**
   * The same as what runs containers reads it; those of the other container where it shares that
   * one's network.
   */
  List<NetworkEndpoint> endpoints(String containerId, String containerName, JsonObject networks);

  /** A container has stopped: its addresses are free, its names do not resolve any more. */
  void leave(String containerId, JsonObject networks);

  /**
   * What {@link #join} answered, as it is shown while the container does not run: without what was
   * allocated.
   */
  default JsonObject released(JsonObject networks) {
    return networks;
  }

  /**
   * Opens the published ports of a container that has started.
   *
   * @return the Docker API's {@code NetworkSettings.Ports}
   * @throws io.sockerless.engine.EngineException.Failure if a port is taken
   */
  JsonObject publish(
      String containerId, JsonObject config, JsonObject hostConfig, ContainerProcess process);

  /** Whether a container is on a network at which the host's ports can reach it. */
  boolean isReachable(String containerId);

  /** Closes the published ports of a container. */
  void unpublish(String containerId);
}
