package io.sockerless.backend.core.build;

import io.sockerless.backend.core.container.ImageSource.Image;
import io.sockerless.backend.core.document.DocumentChanges;
import io.sockerless.backend.core.document.Documents;
import io.sockerless.engine.JsonBuilders;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A stage of a build as far as it has got. */
final class Stage {

  private static final String PATH =
      "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
  private static final List<String> TEXTS = List.of("Hostname", "Domainname", "User", "WorkingDir");
  private static final List<String> SWITCHES =
      List.of("AttachStdin", "AttachStdout", "AttachStderr", "Tty", "OpenStdin", "StdinOnce");
  private static final List<String> OTHERS =
      List.of("Env", "Cmd", "Volumes", "Entrypoint", "OnBuild", "Labels");

  private final String name;
  private Optional<Image> image;
  private JsonObject config;
  private String author = "";
  private boolean commandIsNew;
  private boolean cached;

  /**
   * Begins a stage.
   *
   * @param image empty for {@code scratch}
   * @param cached whether steps may be taken from the cache
   */
  Stage(String name, Optional<Image> image, boolean cached) {
    this.name = name;
    this.image = image;
    this.cached = cached;
    config = begin(image.map(Image::config).orElse(JsonValue.EMPTY_JSON_OBJECT));
  }

  /** All that dockerd's own images say, too, and a PATH in any case. */
  private static JsonObject begin(JsonObject inherited) {
    JsonObjectBuilder standard = JsonBuilders.object();
    TEXTS.forEach(field -> standard.add(field, ""));
    SWITCHES.forEach(field -> standard.add(field, false));
    OTHERS.forEach(field -> standard.add(field, JsonValue.NULL));
    JsonObjectBuilder config =
        JsonBuilders.object(DocumentChanges.overlay(standard.build(), inherited))
            .add("OpenStdin", false)
            .add("StdinOnce", false);
    List<String> environment = new ArrayList<>(Documents.strings(inherited, "Env"));
    if (environment.stream().noneMatch(entry -> entry.startsWith("PATH="))) {
      environment.add(PATH);
    }
    return config.add("Env", DocumentChanges.array(environment)).build();
  }

  String name() {
    return name;
  }

  /** The image so far; empty for a stage from nothing in which nothing has been done. */
  Optional<Image> image() {
    return image;
  }

  /** Its id, or nothing. */
  String imageId() {
    return image.map(Image::id).orElse("");
  }

  /** A step has made an image. */
  void made(Image next) {
    image = Optional.of(next);
  }

  /** The Docker API's {@code ContainerConfig} so far, which names the image so far. */
  JsonObject config() {
    return DocumentChanges.with(config, "Image", imageId());
  }

  void configure(JsonObject changed) {
    config = changed;
  }

  String author() {
    return author;
  }

  void setAuthor(String name) {
    author = name;
  }

  /** Whether the stage itself has told what containers run. */
  boolean commandIsNew() {
    return commandIsNew;
  }

  void setCommandIsNew() {
    commandIsNew = true;
  }

  /** Whether a step may still be taken from the cache. */
  boolean isCached() {
    return cached;
  }

  /** A step was not in the cache, so no later one can be. */
  void miss() {
    cached = false;
  }

  /** The environment by names. */
  Map<String, String> environment() {
    Map<String, String> environment = new LinkedHashMap<>();
    for (String entry : Documents.strings(config, "Env")) {
      String[] parts = entry.split("=", 2);
      environment.put(parts[0], parts.length > 1 ? parts[1] : "");
    }
    return environment;
  }
}
