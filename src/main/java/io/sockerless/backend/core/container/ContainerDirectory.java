package io.sockerless.backend.core.container;

import io.sockerless.backend.core.driver.ContainerFiles;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What the other nouns ask of containers: who uses an image, a network, a volume. */
public interface ContainerDirectory {

  /** All containers at this moment, in no order. */
  List<Entry> all();

  /**
   * The container of an id, a name, or an unambiguous prefix of an id.
   *
   * @throws io.sockerless.engine.EngineException.NotFound if there is none
   */
  Entry resolve(String idOrName);

  /**
   * Puts a container on a network, changes how it is on it, or takes it off; what runs in it is
   * told.
   *
   * @param settings the Docker API's {@code EndpointSettings}; empty takes the container off
   */
  void setNetwork(String containerId, String networkName, Optional<JsonObject> settings);

  /**
   * One container, as its document has it.
   *
   * @param name without the slash
   * @param state such as {@code running}
   * @param mounts as the Docker API's inspect shows them
   * @param networks the Docker API's {@code EndpointSettings} by network name
   */
  record Entry(
      String id,
      String name,
      String imageId,
      String state,
      Instant created,
      JsonObject config,
      JsonObject hostConfig,
      JsonArray mounts,
      JsonObject networks) {

    /** Whether its processes run, or are paused. */
    public boolean isRunning() {
      return state.equals("running") || state.equals("paused") || state.equals("restarting");
    }
  }

  /** The files of a container, whether it runs or not. */
  ContainerFiles files(String containerId);

  /** The bytes in files of a container that differ from its image's. */
  long size(String containerId);
}
