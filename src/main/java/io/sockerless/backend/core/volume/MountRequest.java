package io.sockerless.backend.core.volume;

import io.sockerless.backend.core.document.Documents;
import io.sockerless.engine.EngineException;
import io.sockerless.engine.JsonBuilders;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * One thing that a new container is to mount, whichever of the API's three forms it came in.
 *
 * @param source the host's path of a bind, the volume's name, or nothing
 * @param target normal
 * @param mode as the API's inspect shows it
 * @param propagation of a bind; empty for the others
 * @param options the API's {@code Mount} that it came from; empty for the other forms
 */
record MountRequest(
    Type type,
    String source,
    String target,
    String mode,
    boolean readOnly,
    String propagation,
    JsonObject options) {

  /** What can be mounted. */
  enum Type {
    BIND("bind"),
    VOLUME("volume"),
    TMPFS("tmpfs");

    private final String text;

    Type(String text) {
      this.text = text;
    }
  }

  /** A volume without a name, as {@code Config.Volumes} asks for; of the root, if relative. */
  static MountRequest anonymous(String target) {
    String path = target.isEmpty() || target.startsWith("/") ? target : "/" + target;
    check(Type.VOLUME, path);
    return new MountRequest(
        Type.VOLUME, "", ContainerPaths.normal(path), "", false, "", JsonValue.EMPTY_JSON_OBJECT);
  }

  /**
   * Reads {@code [source:]target[:mode]}.
   *
   * @throws EngineException.InvalidParameter in Docker's words
   */
  static MountRequest bind(String text) {
    String[] parts = text.split(":", -1);
    boolean modeForTarget = parts.length == 2 && MountMode.isValid(parts[1]);
    if (parts.length > 3 || parts[0].isEmpty() || modeForTarget) {
      throw new EngineException.InvalidParameter("invalid volume specification: '" + text + "'");
    }
    MountMode mode = MountMode.parse(parts.length == 3 ? parts[2] : "");
    String source = parts.length == 1 ? "" : parts[0];
    String target = parts.length == 1 ? parts[0] : parts[1];
    Type type = source.startsWith("/") ? Type.BIND : Type.VOLUME;
    try {
      check(type, target);
      checkMode(type, mode);
    } catch (EngineException.InvalidParameter e) {
      throw new EngineException.InvalidParameter(
          "invalid volume specification: '" + text + "': " + e.text());
    }
    boolean bind = type == Type.BIND;
    return new MountRequest(
        type,
        source,
        ContainerPaths.normal(target),
        bind || !mode.text().isEmpty() ? mode.text() : "z",
        mode.readOnly(),
        bind ? mode.propagation() : "",
        JsonValue.EMPTY_JSON_OBJECT);
  }

  /**
   * Reads the API's {@code Mount}.
   *
   * @throws EngineException.InvalidParameter in Docker's words
   * @throws EngineException.NotImplemented for an image
   */
  static MountRequest mount(JsonObject mount) {
    Type type = type(Documents.string(mount, "Type"));
    String source = Documents.string(mount, "Source");
    String target = Documents.string(mount, "Target");
    boolean readOnly = Documents.flag(mount, "ReadOnly");
    check(type, target);
    String propagation = "";
    switch (type) {
      case BIND -> {
        checkBind(mount, source);
        String given = Documents.string(Documents.object(mount, "BindOptions"), "Propagation");
        if (!given.isEmpty() && !MountMode.PROPAGATIONS.contains(given)) {
          throw invalid(type, "invalid propagation mode: " + given);
        }
        propagation = given.isEmpty() ? "rprivate" : given;
      }
      case VOLUME -> {
        if (source.isEmpty() && readOnly) {
          throw invalid(type, "must not set ReadOnly mode when using anonymous volumes");
        }
        checkSubpath(Documents.string(Documents.object(mount, "VolumeOptions"), "Subpath"), source);
      }
      case TMPFS -> {
        if (!source.isEmpty()) {
          throw invalid(type, "field Source must not be specified");
        }
      }
    }
    String mode = type == Type.VOLUME ? "z" : "";
    return new MountRequest(
        type, source, ContainerPaths.normal(target), mode, readOnly, propagation, mount);
  }

  private static void checkSubpath(String subpath, String source) {
    if (subpath.isEmpty()) {
      return;
    }
    if (source.isEmpty()) {
      throw invalid(Type.VOLUME, "must not set Subpath when using anonymous volumes");
    }
    if (!ContainerPaths.isLocal(subpath)) {
      throw invalid(Type.VOLUME, "subpath must be a relative path within the volume");
    }
  }

  private static Type type(String text) {
    return switch (text) {
      case "bind" -> Type.BIND;
      case "volume" -> Type.VOLUME;
      case "tmpfs" -> Type.TMPFS;
      case "image", "npipe", "cluster" ->
          throw new EngineException.NotImplemented(
              "mounts of type \"%s\" are not served by this backend; bind, volume and tmpfs are"
                  .formatted(text));
      default ->
          throw new EngineException.InvalidParameter(
              "invalid mount config for type \"" + text + "\": mount type unknown");
    };
  }

  private static void checkBind(JsonObject mount, String source) {
    if (source.isEmpty()) {
      throw invalid(Type.BIND, "field Source must not be empty");
    }
    checkAbsolute(Type.BIND, source);
    boolean create = Documents.flag(Documents.object(mount, "BindOptions"), "CreateMountpoint");
    if (!create && !Files.exists(Path.of(source))) {
      throw missing(source);
    }
  }

  /** The error of a bind whose source is not there. */
  static EngineException missing(String source) {
    return invalid(Type.BIND, "bind source path does not exist: " + source);
  }

  private static void check(Type type, String target) {
    if (target.isEmpty()) {
      throw invalid(type, "field Target must not be empty");
    }
    checkAbsolute(type, target);
    if (ContainerPaths.normal(target).equals("/")) {
      throw invalid(type, "invalid specification: destination can't be '/'");
    }
  }

  /** Copying is for volumes alone, and how later mounts spread for binds. */
  private static void checkMode(Type type, MountMode mode) {
    if (type == Type.BIND && mode.noCopy()) {
      throw invalid(type, "field VolumeOptions must not be specified");
    }
    if (type == Type.VOLUME && mode.hasPropagation()) {
      throw invalid(type, "field BindOptions must not be specified");
    }
  }

  private static void checkAbsolute(Type type, String path) {
    if (!path.startsWith("/")) {
      throw invalid(type, "invalid mount path: '" + path + "' mount path must be absolute");
    }
  }

  private static EngineException.InvalidParameter invalid(Type type, String reason) {
    return new EngineException.InvalidParameter(
        "invalid mount config for type \"" + type.text + "\": " + reason);
  }

  /** The volume that it takes; none if it takes none. */
  Optional<LocalVolumes.Request> volume(String driver) {
    if (type != Type.VOLUME) {
      return Optional.empty();
    }
    JsonObject volume = Documents.object(options, "VolumeOptions");
    JsonObject config = Documents.object(volume, "DriverConfig");
    String named = Documents.string(config, "Name");
    LocalVolumes.Request plain =
        source.isEmpty() ? LocalVolumes.Request.anonymous() : LocalVolumes.Request.named(source);
    return Optional.of(
        new LocalVolumes.Request(
            plain.name(),
            named.isEmpty() ? driver : named,
            Optional.of(Documents.object(config, "Options")).filter(it -> !it.isEmpty()),
            labels(plain, Documents.object(volume, "Labels"))));
  }

  private static Optional<JsonObject> labels(LocalVolumes.Request plain, JsonObject given) {
    if (given.isEmpty()) {
      return plain.labels();
    }
    JsonObjectBuilder labels = JsonBuilders.object(given);
    plain.labels().ifPresent(own -> own.forEach(labels::add));
    return Optional.of(labels.build());
  }

  /** As the API's inspect shows it. */
  JsonObject shown(Optional<JsonObject> volume) {
    JsonObjectBuilder shown = JsonBuilders.object().add("Type", type.text);
    volume.ifPresent(it -> shown.add("Name", it.get("Name")));
    String place = source.isEmpty() ? "" : ContainerPaths.normal(source);
    shown.add("Source", volume.map(it -> Documents.string(it, "Mountpoint")).orElse(place));
    shown.add("Destination", target);
    volume.ifPresent(it -> shown.add("Driver", it.get("Driver")));
    return shown.add("Mode", mode).add("RW", !readOnly).add("Propagation", propagation).build();
  }
}
