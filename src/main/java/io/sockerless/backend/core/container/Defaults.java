package io.sockerless.backend.core.container;

import io.sockerless.backend.core.document.DocumentChanges;
import io.sockerless.backend.core.document.Documents;
import io.sockerless.engine.JsonBuilders;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Set;

/**
 * What the Docker API's documents say where a client said nothing: every field is there, as clients
 * expect it.
 */
final class Defaults {

  /** {@code ContainerConfig}. */
  static final JsonObject CONFIG = read("config.json");

  /** {@code HostConfig}. */
  private static final JsonObject HOST_CONFIG = read("host-config.json");

  /** The same where nothing of the kernel's is kept from the container. */
  private static final JsonObject PRIVILEGED_HOST_CONFIG =
      JsonBuilders.object(HOST_CONFIG).addNull("MaskedPaths").addNull("ReadonlyPaths").build();

  /** What says as little as nothing: dockerd takes its own value instead. */
  private static final Map<String, Set<JsonValue>> UNSAID =
      Map.of(
          "CgroupnsMode", Set.of(Json.createValue("")),
          "IpcMode", Set.of(Json.createValue("")),
          "Runtime", Set.of(Json.createValue("")),
          "NetworkMode", Set.of(Json.createValue(""), Json.createValue("default")),
          "ShmSize", Set.of(Json.createValue(0)),
          "PidsLimit", Set.of(Json.createValue(0), Json.createValue(-1)),
          "MemorySwappiness", Set.of(Json.createValue(-1)));

  private Defaults() {}

  /** A client's {@code HostConfig} with a value in each field. */
  static JsonObject hostConfig(JsonObject given) {
    String[] unsaid =
        UNSAID.entrySet().stream()
            .filter(entry -> given.containsKey(entry.getKey()))
            .filter(entry -> entry.getValue().contains(given.get(entry.getKey())))
            .map(Map.Entry::getKey)
            .toArray(String[]::new);
    JsonObject said = DocumentChanges.without(given, unsaid);
    JsonObject defaults = Documents.flag(said, "Privileged") ? PRIVILEGED_HOST_CONFIG : HOST_CONFIG;
    return DocumentChanges.overlay(defaults, withSwap(withLogDriver(said)));
  }

  private static JsonObject withLogDriver(JsonObject said) {
    JsonObject log = Documents.object(said, "LogConfig");
    return log.isEmpty() || !Documents.string(log, "Type").isEmpty()
        ? said
        : DocumentChanges.with(said, "LogConfig", DocumentChanges.with(log, "Type", "json-file"));
  }

  /** As much swap as memory, unless something else is said. */
  private static JsonObject withSwap(JsonObject said) {
    long memory = Documents.number(said, "Memory");
    return memory > 0 && Documents.number(said, "MemorySwap") == 0
        ? DocumentChanges.with(said, "MemorySwap", Json.createValue(2 * memory))
        : said;
  }

  private static JsonObject read(String name) {
    try (InputStream stream = Defaults.class.getResourceAsStream(name)) {
      if (stream == null) {
        throw new IllegalStateException(name + " is missing");
      }
      try (JsonReader reader = JsonBuilders.reader(stream)) {
        return reader.readObject();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
