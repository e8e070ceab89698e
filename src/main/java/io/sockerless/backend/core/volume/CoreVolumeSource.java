package io.sockerless.backend.core.volume;

import io.sockerless.backend.core.container.ContainerDirectory;
import io.sockerless.backend.core.container.VolumeSource;
import io.sockerless.backend.core.document.Documents;
import io.sockerless.backend.core.driver.MountPoint;
import io.sockerless.engine.EngineException;
import io.sockerless.engine.JsonBuilders;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** Gives containers their volumes, binds and file systems in memory. */
public final class CoreVolumeSource implements VolumeSource {

  private final LocalVolumes volumes;
  private final BindPolicy policy;
  private final Supplier<ContainerDirectory> containers;

  /**
   * Serves these volumes.
   *
   * @param containers asked only when an operation runs, since containers know volumes in turn
   */
  public CoreVolumeSource(
      LocalVolumes volumes, BindPolicy policy, Supplier<ContainerDirectory> containers) {
    this.volumes = volumes;
    this.policy = policy;
    this.containers = containers;
  }

  /** Refuses all that can be refused before the first volume is made. */
  @Override
  public JsonArray prepare(
      String containerId,
      JsonObject config,
      JsonObject hostConfig,
      Function<String, JsonArray> others) {
    Map<String, JsonObject> mounts = new LinkedHashMap<>();
    for (String from : Documents.strings(hostConfig, "VolumesFrom")) {
      inherited(from, others)
          .forEach(mount -> mounts.put(Documents.string(mount, "Destination"), mount));
    }
    List<MountRequest> requests = MountRequests.of(config, hostConfig, mounts.keySet());
    String driver = Documents.string(hostConfig, "VolumeDriver");
    for (MountRequest request : requests) {
      if (request.type() == MountRequest.Type.BIND) {
        policy.check(request.source());
      }
      request.volume(driver).ifPresent(volumes::check);
    }
    for (MountRequest request : requests) {
      Optional<JsonObject> volume =
          request.volume(driver).map(it -> volumes.create(it.of(containerId)));
      mounts.put(request.target(), request.shown(volume));
    }
    JsonArrayBuilder all = JsonBuilders.array();
    mounts.values().forEach(all::add);
    return all.build();
  }

  /** The mounts of another container, as {@code id[:mode]} asks for them. */
  private static List<JsonObject> inherited(String from, Function<String, JsonArray> others) {
    int colon = from.indexOf(':');
    String container = colon < 0 ? from : from.substring(0, colon);
    MountMode mode = MountMode.parseInherited(colon < 0 ? "" : from.substring(colon + 1));
    if (container.isEmpty()) {
      throw new EngineException.InvalidParameter("malformed volumes-from specification: " + from);
    }
    return Documents.objects(others.apply(container)).stream()
        .map(mount ->
            JsonBuilders.object(mount)
                .add("Mode", "")
                .add("RW", Documents.flag(mount, "RW") && !mode.readOnly())
                .add(COPIES, false)
                .build())
        .toList();
  }

  @Override
  public List<MountPoint> mountPoints(JsonArray mounts, JsonObject hostConfig) {
    return new MountPoints(volumes, policy).of(mounts, hostConfig);
  }

  @Override
  public void mounted(String containerId, JsonArray mounts) {
    for (JsonObject mount : VolumeUsers.volumes(mounts)) {
      volumes.publish(
          "mount",
          Documents.string(mount, "Name"),
          Map.of(
              "container",
              containerId,
              "destination",
              Documents.string(mount, "Destination"),
              "driver",
              LocalVolumes.DRIVER,
              "propagation",
              Documents.string(mount, "Propagation"),
              "read/write",
              Boolean.toString(Documents.flag(mount, "RW"))));
    }
  }

  @Override
  public void unmounted(String containerId, JsonArray mounts) {
    for (String name : VolumeUsers.names(mounts)) {
      volumes.publish(
          "unmount", name, Map.of("container", containerId, "driver", LocalVolumes.DRIVER));
    }
  }

  @Override
  public void keepAnonymous(JsonArray mounts) {
    VolumeUsers.names(mounts).stream().filter(volumes::isAnonymous).forEach(volumes::disown);
  }

  @Override
  public void removeAbandoned() {
    Map<String, String> abandoned = volumes.owners();
    abandoned.values().removeIf(this::isThere);
    if (!abandoned.isEmpty()) {
      VolumeUsers users = VolumeUsers.of(containers.get(), _ -> true);
      abandoned.keySet().stream().filter(name -> users.of(name).isEmpty()).forEach(volumes::remove);
    }
  }

  private boolean isThere(String container) {
    try {
      return containers.get().resolve(container).id().equals(container);
    } catch (EngineException.NotFound e) {
      return false;
    }
  }

  @Override
  public void removeAnonymous(String containerId, JsonArray mounts) {
    List<String> anonymous =
        VolumeUsers.names(mounts).stream().filter(volumes::isAnonymous).toList();
    if (anonymous.isEmpty()) {
      return;
    }
    VolumeUsers users = usersOtherThan(containerId, false);
    anonymous.stream().filter(name -> users.of(name).isEmpty()).forEach(volumes::remove);
  }

  private VolumeUsers usersOtherThan(String containerId, boolean running) {
    return VolumeUsers.of(
        containers.get(),
        container -> !container.id().equals(containerId) && (!running || container.isRunning()));
  }
}
