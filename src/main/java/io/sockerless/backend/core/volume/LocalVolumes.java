package io.sockerless.backend.core.volume;

import io.sockerless.backend.core.document.DocumentChanges;
import io.sockerless.backend.core.document.Documents;
import io.sockerless.backend.core.event.EventLog;
import io.sockerless.backend.core.store.Folders;
import io.sockerless.backend.core.store.Store;
import io.sockerless.backend.core.store.Table;
import io.sockerless.backend.core.value.Ids;
import io.sockerless.engine.EngineException;
import io.sockerless.engine.JsonBuilders;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The volumes of the driver {@code local}: a document each in the store, and a folder each in the
 * data folder. A volume is there once its document is, and gone once that is gone; folders that a
 * killed server left behind go at the next start.
 */
public final class LocalVolumes {

  /** The only driver. */
  static final String DRIVER = "local";

  /** Marks a volume that nobody gave a name. */
  static final String ANONYMOUS = "com.docker.volume.anonymous";

  /** In a stored document: the container with which a volume comes and goes. Nobody is shown it. */
  private static final String OWNER = "Owner";

  private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9_.-]+");

  private final Table table;
  private final Path folder;
  private final BindPolicy policy;
  private final EventLog events;
  private final ReentrantLock lock = new ReentrantLock();

  /** Opens the volumes of a store. */
  public LocalVolumes(Store store, BindPolicy policy, EventLog events) {
    this.table = store.table("volumes");
    this.folder = store.folder("volumes");
    this.policy = policy;
    this.events = events;
    sweep();
  }

  /**
   * What is wanted of a volume, by the Docker API's names.
   *
   * @param owner the container with which a volume without a name comes and goes, else empty
   */
  record Request(
      String name,
      String driver,
      Optional<JsonObject> options,
      Optional<JsonObject> labels,
      String owner) {

    Request(String name, String driver, Optional<JsonObject> options, Optional<JsonObject> labels) {
      this(name, driver, options, labels, "");
    }

    /** A volume with a name and nothing special. */
    static Request named(String name) {
      return new Request(name, "", Optional.empty(), Optional.empty());
    }

    /** A volume without a name of its own. */
    static Request anonymous() {
      JsonObject label = JsonBuilders.object().add(ANONYMOUS, "").build();
      return new Request(Ids.random(), "", Optional.empty(), Optional.of(label));
    }

    /** The same, of a container if it is without a name. */
    Request of(String container) {
      boolean anonymous = labels.filter(it -> it.containsKey(ANONYMOUS)).isPresent();
      return anonymous ? new Request(name, driver, options, labels, container) : this;
    }
  }

  /** The document of a volume, as the Docker API shows it. */
  Optional<JsonObject> find(String name) {
    return table.get(name).map(document -> shown(name, document));
  }

  /**
   * The document of a volume.
   *
   * @throws EngineException.NotFound if there is none
   */
  JsonObject get(String name) {
    return find(name)
        .orElseThrow(() -> new EngineException.NotFound("get " + name + ": no such volume"));
  }

  /** All documents, in the order of the names. */
  List<JsonObject> all() {
    List<JsonObject> all = new ArrayList<>();
    table.forEach((name, document) -> all.add(shown(name, document)));
    return all;
  }

  /** Whether a volume of that name, if there is one, was made without one. */
  boolean isAnonymous(String name) {
    return table
        .get(name)
        .map(document -> Documents.object(document, "Labels").containsKey(ANONYMOUS))
        .orElse(false);
  }

  /**
   * Makes a volume, or finds the one of that name.
   *
   * @throws EngineException.InvalidParameter for a name or an option that is none
   */
  JsonObject create(Request request) {
    checkName(request);
    lock.lock();
    try {
      Optional<JsonObject> present = find(request.name());
      if (present.isPresent()) {
        return present.get();
      }
      checkOptions(request);
      Files.createDirectories(folder(request.name()));
      table.put(request.name(), document(request));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      lock.unlock();
    }
    publish("create", request.name(), Map.of("driver", DRIVER));
    return get(request.name());
  }

  /**
   * Refuses what {@link #create} would refuse: of a volume that is there the options are not read.
   *
   * @throws EngineException.InvalidParameter for a name or an option that is none
   */
  void check(Request request) {
    checkName(request);
    if (find(request.name()).isEmpty()) {
      checkOptions(request);
    }
  }

  private void checkOptions(Request request) {
    LocalOptions.of(request.name(), strings(request.options())).device().ifPresent(policy::check);
  }

  private static void checkName(Request request) {
    String name = request.name();
    if (name.length() < 2) {
      throw new EngineException.InvalidParameter(
          "create "
              + name
              + ": volume name is too short, names should be at least two alphanumeric characters");
    }
    if (!NAME.matcher(name).matches()) {
      throw new EngineException.InvalidParameter(
          ("create %s: \"%s\" includes invalid characters for a local volume name, only"
                  + " \"[a-zA-Z0-9][a-zA-Z0-9_.-]\" are allowed. If you intended to pass a host"
                  + " directory, use absolute path")
              .formatted(name, name));
    }
    String driver = request.driver();
    if (!driver.isEmpty() && !driver.equals(DRIVER)) {
      throw new EngineException.NotFound(
          "create %s: error looking up volume plugin %s: plugin \"%s\" not found"
              .formatted(name, driver, driver));
    }
  }

  private static Map<String, String> strings(Optional<JsonObject> options) {
    JsonObject document =
        JsonBuilders.object().add("Options", options.orElse(JsonValue.EMPTY_JSON_OBJECT)).build();
    return Documents.map(document, "Options");
  }

  private static JsonObject document(Request request) {
    JsonObjectBuilder document =
        JsonBuilders.object()
            .add("CreatedAt", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString())
            .add("Driver", DRIVER);
    document.add("Labels", request.labels().<JsonValue>map(it -> it).orElse(JsonValue.NULL));
    document.add("Name", request.name());
    document.add("Options", request.options().<JsonValue>map(it -> it).orElse(JsonValue.NULL));
    if (!request.owner().isEmpty()) {
      document.add(OWNER, request.owner());
    }
    return document.add("Scope", "local").build();
  }

  /** The place is told anew each time, so that a data folder can be moved. */
  private JsonObject shown(String name, JsonObject document) {
    return JsonBuilders.object(DocumentChanges.without(document, OWNER))
        .add("Mountpoint", folder(name).toString())
        .build();
  }

  /** Removes a volume and its data, if it is there. */
  void remove(String name) {
    lock.lock();
    try {
      if (table.get(name).isEmpty()) {
        return;
      }
      table.remove(name);
      Folders.delete(folder.resolve(name));
    } finally {
      lock.unlock();
    }
    publish("destroy", name, Map.of("driver", DRIVER));
  }

  /** A volume stays when the container goes with which it has come. */
  void disown(String name) {
    lock.lock();
    try {
      table
          .get(name)
          .filter(document -> document.containsKey(OWNER))
          .ifPresent(document -> table.put(name, DocumentChanges.without(document, OWNER)));
    } finally {
      lock.unlock();
    }
  }

  /** The volumes that come and go with a container: the containers' ids by the volumes' names. */
  Map<String, String> owners() {
    Map<String, String> owners = new TreeMap<>();
    table.forEach((name, document) -> owners.put(name, Documents.string(document, OWNER)));
    owners.values().removeIf(String::isEmpty);
    return owners;
  }

  /** Where the data is kept. */
  Path folder(String name) {
    return folder.resolve(name).resolve("_data");
  }

  /** What the driver was told of a volume. */
  LocalOptions options(JsonObject volume) {
    return LocalOptions.of(Documents.string(volume, "Name"), Documents.map(volume, "Options"));
  }

  /** The bytes of the data. */
  long size(String name) {
    return Folders.size(folder(name));
  }

  /** Tells what happened to a volume. */
  void publish(String action, String name, Map<String, String> attributes) {
    events.publish("volume", action, name, attributes);
  }

  /** Deletes the folders of volumes that are no more. */
  private void sweep() {
    List<Path> folders;
    try (Stream<Path> present = Files.list(folder)) {
      folders = present.toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    for (Path each : folders) {
      if (find(each.getFileName().toString()).isEmpty()) {
        Folders.delete(each);
      }
    }
  }
}
