package io.sockerless.backend.core;

import io.sockerless.backend.core.container.ContainerDirectory;
import io.sockerless.backend.core.driver.ContainerFiles;
import io.sockerless.engine.EngineException;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Containers that exist on paper alone. */
public final class FakeContainers implements ContainerDirectory {

  private final Map<String, Entry> entries = new LinkedHashMap<>();

  /** Parses a document. */
  public static JsonObject json(String text) {
    try (JsonReader reader = Json.createReader(new StringReader(text))) {
      return reader.readObject();
    }
  }

  /** Adds a container, or replaces it. */
  public Entry add(
      String id, String state, JsonObject hostConfig, JsonArray mounts, JsonObject networks) {
    Entry entry =
        new Entry(
            id,
            "name-" + id,
            "sha256:0",
            state,
            Instant.parse("2026-01-01T00:00:00Z"),
            json("{\"Hostname\":\"host-" + id + "\"}"),
            hostConfig,
            mounts,
            networks);
    add(entry);
    return entry;
  }

  /** Adds a container, or replaces it. */
  public void add(Entry entry) {
    entries.put(entry.id(), entry);
  }

  /** Adds a container with nothing special. */
  public Entry add(String id, String state) {
    return add(
        id,
        state,
        JsonValue.EMPTY_JSON_OBJECT,
        JsonValue.EMPTY_JSON_ARRAY,
        JsonValue.EMPTY_JSON_OBJECT);
  }

  /** Removes a container. */
  public void remove(String id) {
    entries.remove(id);
  }

  @Override
  public List<Entry> all() {
    return new ArrayList<>(entries.values());
  }

  @Override
  public Entry resolve(String idOrName) {
    return entries.values().stream()
        .filter(entry -> entry.id().equals(idOrName) || entry.name().equals(idOrName))
        .findFirst()
        .orElseThrow(() -> new EngineException.NotFound("No such container: " + idOrName));
  }

  @Override
  public void setNetwork(String containerId, String networkName, Optional<JsonObject> settings) {
    Entry entry = resolve(containerId);
    JsonObjectBuilder networks = Json.createObjectBuilder(entry.networks());
    settings.ifPresentOrElse(
        it -> networks.add(networkName, it), () -> networks.remove(networkName));
    add(containerId, entry.state(), entry.hostConfig(), entry.mounts(), networks.build());
  }

  @Override
  public ContainerFiles files(String containerId) {
    throw new UnsupportedOperationException();
  }

  @Override
  public long size(String containerId) {
    return 0;
  }
}
