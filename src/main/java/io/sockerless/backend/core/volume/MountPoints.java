package io.sockerless.backend.core.volume;

import io.sockerless.backend.core.container.VolumeSource;
import io.sockerless.backend.core.document.Documents;
import io.sockerless.backend.core.driver.MountPoint;
import io.sockerless.engine.EngineException;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Turns what a container's document says of its mounts into what a driver mounts, at the moment it
 * is mounted: a host's path may lead elsewhere by then, and a folder may have gone.
 */
record MountPoints(LocalVolumes volumes, BindPolicy policy) {

  private static final Path NOWHERE = Path.of("");

  /** Outer ones first. */
  List<MountPoint> of(JsonArray mounts, JsonObject hostConfig) {
    Map<String, JsonObject> requested = new HashMap<>();
    Documents.objects(hostConfig, "Mounts")
        .forEach(mount ->
            requested.put(ContainerPaths.normal(Documents.string(mount, "Target")), mount));
    List<MountPoint> points = new ArrayList<>();
    for (JsonObject mount : Documents.objects(mounts)) {
      Optional<JsonObject> request =
          Optional.ofNullable(requested.get(Documents.string(mount, "Destination")));
      points.add(point(mount, request.orElse(JsonValue.EMPTY_JSON_OBJECT), request.isPresent()));
    }
    Documents.map(hostConfig, "Tmpfs")
        .forEach((target, options) ->
            points.add(
                tmpfs(NOWHERE, "", ContainerPaths.normal(target), TmpfsOptions.parse(options))));
    points.sort(Comparator.comparingInt(point -> ContainerPaths.depth(point.target())));
    return points;
  }

  private MountPoint point(JsonObject mount, JsonObject request, boolean requested) {
    String target = Documents.string(mount, "Destination");
    return switch (Documents.string(mount, "Type")) {
      case "bind" -> {
        boolean create =
            !requested
                || Documents.flag(Documents.object(request, "BindOptions"), "CreateMountpoint");
        yield bind(host(Documents.string(mount, "Source"), create), target, mount, false);
      }
      case "volume" -> volume(mount, target, request);
      case "tmpfs" -> tmpfs(NOWHERE, "", target, TmpfsOptions.of(request));
      default -> throw new IllegalArgumentException("no mount: " + mount);
    };
  }

  private static MountPoint bind(Path source, String target, JsonObject mount, boolean copyUp) {
    return new MountPoint(
        MountPoint.Kind.BIND,
        source,
        "",
        target,
        !Documents.flag(mount, "RW"),
        copyUp,
        0,
        0,
        0,
        0,
        List.of());
  }

  private static MountPoint tmpfs(
      Path source, String subpath, String target, TmpfsOptions options) {
    return new MountPoint(
        MountPoint.Kind.TMPFS,
        source,
        subpath,
        target,
        options.readOnly(),
        false,
        options.sizeLimit(),
        options.mode(),
        options.uid(),
        options.gid(),
        options.flags());
  }

  /** A path of the host; one that the old form of binds names is made if it is not there. */
  private Path host(String source, boolean create) {
    Path real = policy.check(source);
    if (Files.exists(real)) {
      return real;
    }
    if (!create) {
      throw MountRequest.missing(source);
    }
    try {
      return Files.createDirectories(real);
    } catch (IOException e) {
      throw new EngineException.Failure(
          500,
          "error while creating mount source path '%s': mkdir %s: %s"
              .formatted(source, e.getMessage(), e.getClass().getSimpleName()));
    }
  }

  private MountPoint volume(JsonObject mount, String target, JsonObject request) {
    String name = Documents.string(mount, "Name");
    JsonObject options = Documents.object(request, "VolumeOptions");
    String subpath = Documents.string(options, "Subpath");
    boolean copyUp =
        mount.getBoolean(VolumeSource.COPIES, true)
            && !Documents.flag(options, "NoCopy")
            && !new MountMode(Documents.string(mount, "Mode")).noCopy();
    JsonObject volume = volumes.create(LocalVolumes.Request.named(name));
    LocalOptions local = volumes.options(volume);
    if (local.device().isPresent()) {
      String device = local.device().get();
      Path source = policy.check(device);
      if (!Files.exists(source)) {
        throw new EngineException.Failure(
            500,
            ("error while mounting volume '%2$s': failed to mount local volume: mount %1$s:%2$s,"
                    + " flags: 0x1000: no such file or directory")
                .formatted(device, volumes.folder(name)));
      }
      return bind(inside(source, subpath), target, mount, copyUp);
    }
    if (local.memory().isPresent()) {
      TmpfsOptions memory = local.memory().get().readOnly(!Documents.flag(mount, "RW"));
      return tmpfs(volumes.folder(name), subpath, target, memory);
    }
    return new MountPoint(
        MountPoint.Kind.VOLUME,
        volumes.folder(name),
        subpath,
        target,
        !Documents.flag(mount, "RW"),
        copyUp,
        local.sizeLimit(),
        0,
        0,
        0,
        List.of());
  }

  /**
   * The part of the host's folder that {@code Subpath} names, which no link may lead out of it.
   *
   * @throws EngineException in Docker's words
   */
  private static Path inside(Path folder, String subpath) {
    if (subpath.isEmpty()) {
      return folder;
    }
    try {
      Path real = folder.resolve(subpath).toRealPath();
      if (real.startsWith(folder.toRealPath())) {
        return real;
      }
    } catch (IOException e) {
      throw new EngineException.NotFound(
          "cannot access path " + folder.resolve(subpath) + ": no such file or directory");
    }
    throw new EngineException.InvalidParameter(
        "path concatenation escapes the base directory, base: " + folder + ", subpath: " + subpath);
  }
}
