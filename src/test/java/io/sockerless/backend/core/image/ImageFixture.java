package io.sockerless.backend.core.image;

import io.sockerless.backend.core.container.ContainerDirectory;
import io.sockerless.backend.core.container.ImageSource.Image;
import io.sockerless.backend.core.driver.ContainerFiles;
import io.sockerless.backend.core.registry.RegistryConfig;
import io.sockerless.backend.core.store.Store;
import io.sockerless.engine.Answer;
import io.sockerless.engine.Body;
import io.sockerless.engine.Call;
import io.sockerless.engine.EngineException;
import io.sockerless.engine.Images;
import io.sockerless.engine.Query;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
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
  final Images images;

  ImageFixture(Path folder, RegistryConfig config) {
    store = Store.open(folder);
    service =
        new ImageService(
            store,
            config,
            (type, action, id, attributes) ->
                events.add(type + " " + action + " " + id + " " + attributes.get("name")),
            () -> this,
            Optional.of(() -> List.of("sh", "ls", "awk", "busybox", "our-own")));
    images = service.images(new NoBuilds());
  }

  ImageFixture(Path folder) {
    this(folder, new RegistryConfig(List.of(), true, NOBODY, NOBODY));
  }

  /** The records of a progress. */
  static List<JsonObject> records(Answer answer) {
    return new String(answer.bytes(), StandardCharsets.UTF_8)
        .lines()
        .map(line -> Body.parse(line.getBytes(StandardCharsets.UTF_8)))
        .toList();
  }

  /** Parameters in turn: names and values. */
  static Call call(String... parameters) {
    Query query = Query.none();
    for (int i = 0; i < parameters.length; i += 2) {
      query = query.and(parameters[i], parameters[i + 1]);
    }
    return Call.of(query);
  }

  /** An import of a tar stream. */
  Image imported(byte[] tar, String name) {
    Call call = call("fromSrc", "-", "repo", name, "changes", "LABEL a=b").with(Body.of(tar));
    String id = records(images.create(call)).getLast().getString("status");
    return service.source().find(id, "").orElseThrow();
  }

  /** An image of one small file. */
  Image imported(String name) throws IOException {
    return imported(Tars.of("file", name), name);
  }

  /** A container of an image. */
  void container(String id, String imageId, String state) {
    containers.add(
        new Entry(
            id,
            "name",
            imageId,
            state,
            Instant.parse("2026-01-01T00:00:00Z"),
            JsonValue.EMPTY_JSON_OBJECT,
            JsonValue.EMPTY_JSON_OBJECT,
            JsonValue.EMPTY_JSON_ARRAY,
            JsonValue.EMPTY_JSON_OBJECT));
  }

  private static final class NoBuilds implements BuildOperations {
    @Override
    public Answer build(Call call) {
      throw new EngineException.NotImplemented("no builds");
    }

    @Override
    public Answer pruneBuilds(Call call) {
      throw new EngineException.NotImplemented("no builds");
    }

    @Override
    public Answer cancelBuild(Call call) {
      throw new EngineException.NotImplemented("no builds");
    }
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
  public ContainerFiles files(String containerId) {
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
