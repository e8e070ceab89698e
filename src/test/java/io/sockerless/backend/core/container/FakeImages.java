package io.sockerless.backend.core.container;

import io.sockerless.engine.Call;
import io.sockerless.engine.EngineException;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Images by name: {@code alpine} is there, {@code remote} can be pulled. */
public final class FakeImages implements ImageSource {

  /** What was pulled, committed and released. */
  public final List<String> log = new CopyOnWriteArrayList<>();

  /** The documents of committed images. */
  public final List<JsonObject> committed = new CopyOnWriteArrayList<>();

  private final Map<String, Image> images = new ConcurrentHashMap<>();

  private final Map<String, String> parents = new ConcurrentHashMap<>();

  /** The images. */
  public FakeImages() {
    add("alpine", "{'Env':['PATH=/bin'],'Cmd':['/bin/sh'],'Labels':{'from':'image'}}");
  }

  /** Adds an image with a {@code ContainerConfig}; single quotes stand for double ones. */
  public Image add(String name, String config) {
    String text = "{'os':'linux','architecture':'amd64','config':" + config + "}";
    try (JsonReader reader = Json.createReader(new StringReader(text.replace('\'', '"')))) {
      Image image =
          new Image("sha256:" + String.format("%064x", name.hashCode()), reader.readObject());
      images.put(name, image);
      images.put(image.id(), image);
      return image;
    }
  }

  /** Gives a name to an image that has another one. */
  public void name(String name, String other) {
    images.put(name, find(other, "").orElseThrow());
  }

  /** Takes a name away. */
  public void unname(String name) {
    images.remove(name);
  }

  /** Says that one image was built from another. */
  public void built(String from, String name) {
    parents.put(find(name, "").orElseThrow().id(), find(from, "").orElseThrow().id());
  }

  @Override
  public String parent(String imageId) {
    return parents.getOrDefault(imageId, "");
  }

  @Override
  public Optional<Image> find(String reference, String platform) {
    return Optional.ofNullable(images.get(reference));
  }

  @Override
  public Image pull(String reference, String platform, Call call, Records records) {
    if (reference.equals("unknown")) {
      throw new EngineException.NotFound("no registry knows " + reference);
    }
    if (!reference.equals("remote")) {
      throw new EngineException.Failure(500, "nobody has " + reference);
    }
    log.add("pull " + reference);
    return add(reference, "{'Cmd':['true']}");
  }

  @Override
  public List<Path> layers(Image image) {
    return List.of();
  }

  @Override
  public Image commit(
      Optional<Image> parent,
      JsonObject document,
      JsonObject history,
      Optional<InputStream> layer,
      String name)
      throws IOException {
    committed.add(document);
    log.add(
        "commit "
            + new String(layer.orElseThrow().readAllBytes(), StandardCharsets.UTF_8)
            + " "
            + history.getString("comment", "")
            + (name.isEmpty() ? "" : " as " + name));
    return new Image("sha256:" + "c".repeat(64), document);
  }

  @Override
  public void tag(Image image, String name) {
    log.add("tag " + name);
  }

  @Override
  public long size(Image image) {
    return 1000;
  }

  @Override
  public void release(String containerId) {
    log.add("release");
  }
}
