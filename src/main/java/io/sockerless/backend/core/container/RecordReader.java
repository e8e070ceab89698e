package io.sockerless.backend.core.container;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * Reads all containers that are stored, at the start of a server: of each no more than a start
 * needs, the rest when somebody asks for it. Of thousands the larger part is, byte for byte, what
 * others have too: that is kept once. For one thread.
 */
final class RecordReader {

  private static final int MAX = 4096;

  private final Map<ByteBuffer, JsonObject> objects = new HashMap<>();
  private final Map<ByteBuffer, JsonArray> arrays = new HashMap<>();

  /** Reads what {@link ContainerRecord#document} wrote, as UTF-8. */
  ContainerRecord read(byte[] stored) {
    StoredObject document = StoredObject.of(stored);
    return new ContainerRecord(
        document.text("Id"),
        document.text("Name"),
        document.time("Created"),
        document.text("Image"),
        document.text("Platform"),
        document
            .value("Config")
            .<JsonObject>map(StoredJson::new)
            .orElse(JsonValue.EMPTY_JSON_OBJECT),
        object(document, "HostConfig"),
        array(document, "Mounts"),
        object(document, "Networks"),
        object(document, "Ports"),
        state(document.object("State")),
        document.number("RestartCount"),
        document.flag("HasBeenManuallyStopped"));
  }

  private JsonObject object(StoredObject document, String name) {
    return document
        .value(name)
        .map(text -> shared(objects, text, StoredJson::new))
        .orElse(JsonValue.EMPTY_JSON_OBJECT);
  }

  private JsonArray array(StoredObject document, String name) {
    return document
        .value(name)
        .map(text -> shared(arrays, text, it -> StoredObject.parse(it).asJsonArray()))
        .orElse(JsonValue.EMPTY_JSON_ARRAY);
  }

  private static <T> T shared(
      Map<ByteBuffer, T> known, ByteBuffer text, Function<ByteBuffer, ? extends T> read) {
    if (known.size() >= MAX && !known.containsKey(text)) {
      known.clear();
    }
    return known.computeIfAbsent(text, read);
  }

  /** Reads what {@link ContainerState#document} wrote. */
  private static ContainerState state(StoredObject document) {
    return new ContainerState(
        Status.of(document.text("Status")).orElse(Status.EXITED),
        document.number("Pid"),
        document.number("ExitCode"),
        document.text("Error"),
        document.flag("OOMKilled"),
        document.time("StartedAt"),
        document.time("FinishedAt"),
        document.value("Health").map(StoredJson::new));
  }
}
