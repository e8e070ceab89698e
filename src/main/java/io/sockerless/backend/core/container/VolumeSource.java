package io.sockerless.backend.core.container;

import io.sockerless.backend.core.driver.MountPoint;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.util.List;
import java.util.function.Function;

/** What containers ask of volumes and binds. */
public interface VolumeSource {

  /**
   * Whether an empty volume is filled with what the image has in its place: a member of a mount
   * that is kept and shown to no client. Volumes of another container are not filled.
   */
  String COPIES = "CopyData";

  /**
   * What a new container mounts, from {@code HostConfig.Binds}, {@code .Mounts}, {@code .Tmpfs},
   * {@code .VolumesFrom} and {@code Config.Volumes}, as the Docker API's inspect shows it; volumes
   * that are not there are made.
   *
   * @param others the mounts of another container by its id or name, for {@code VolumesFrom}
   * @throws io.sockerless.engine.EngineException.InvalidParameter for what cannot be mounted
   */
  JsonArray prepare(
      String containerId,
      JsonObject config,
      JsonObject hostConfig,
      Function<String, JsonArray> others);

  /** The same as what runs containers reads it, outer ones first; {@code Tmpfs} included. */
  List<MountPoint> mountPoints(JsonArray mounts, JsonObject hostConfig);

  /**
   * A container starts with these mounts: tells so in the events, between the networks' and the
   * container's own.
   */
  default void mounted(String containerId, JsonArray mounts) {}

  /** A container has stopped: tells so in the events, and empties what was in memory. */
  default void unmounted(String containerId, JsonArray mounts) {}

  /** A container is about to be removed, and its volumes without a name are to stay. */
  default void keepAnonymous(JsonArray mounts) {}

  /** Removes volumes without a name that a killed server left beside no container. */
  default void removeAbandoned() {}

  /** Removes the volumes without a name that nobody else uses. */
  void removeAnonymous(String containerId, JsonArray mounts);
}
