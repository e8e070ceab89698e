package io.sockerless.backend.core.image;

import io.sockerless.backend.core.container.ContainerDirectory;
import io.sockerless.backend.core.registry.RegistryConfig;
import io.sockerless.backend.core.store.Store;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** Images with a store of their own, containers that a test makes up, and events that it sees. */
final class ImageFixture implements AutoCloseable, ContainerDirectory {

  /** Where connections are refused. */
  static final URI NOBODY = URI.create("http://127.0.0.1:1");

  final List<String> events = new CopyOnWriteArrayList<>();
  final List<Entry> containers = new ArrayList<>();
  final Store store;
  final ImageService service;

  ImageFixture(Path folder, RegistryConfig config) {
    store = Store.open(folder);
    service =
        new ImageService(
            store,
            config,
            (type, action, id, attributes) ->
                events.add(type + " " + action + " " + id + " " + attributes.get("name")),
            () -> this,
            List.of("sh", "ls", "awk", "busybox", "our-own"));
  }

  ImageFixture(Path folder) {
    this(folder, new RegistryConfig(List.of(), true, NOBODY));
  }

  /** A container of an image. */
  void container(String id, String imageId, String state) {
    containers.add(
        new Entry(
            id,
            "name",
            imageId,
            "image",
            state,
            "2026-01-01T00:00:00Z",
            JsonValue.EMPTY_JSON_OBJECT,
            JsonValue.EMPTY_JSON_OBJECT,
            JsonValue.EMPTY_JSON_ARRAY,
            JsonValue.EMPTY_JSON_OBJECT));
  }

  @Override
  public List<Entry> all() {
    return List.copyOf(containers);
  }

  @Override
  public Entry resolve(String idOrName) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void setNetwork(String containerId, String networkName, Optional<JsonObject> settings) {
    throw new UnsupportedOperationException();
  }

  @Override
  public long size(String containerId) {
    return 0;
  }

  @Override
  public void close() {
    service.close();
    store.close();
  }
}
