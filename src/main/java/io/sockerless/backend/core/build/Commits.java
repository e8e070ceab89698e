package io.sockerless.backend.core.build;

import static io.sockerless.backend.core.document.DocumentChanges.array;
import static io.sockerless.backend.core.document.DocumentChanges.with;

import io.sockerless.backend.core.container.ImageSource.Image;
import io.sockerless.backend.core.dockerfile.ConfigEdit;
import io.sockerless.backend.core.document.DocumentChanges;
import io.sockerless.backend.core.document.Documents;
import io.sockerless.backend.core.registry.Platform;
import io.sockerless.backend.core.value.Ids;
import io.sockerless.engine.EngineException;
import io.sockerless.engine.JsonBuilders;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Makes an image of each step, unless an earlier build made it. */
final class Commits {

  private static final String NOTHING_RUN = "#(nop) ";

  private final BuildServices services;
  private final BuildOutput output;
  private final Platform platform;
  private final Optional<SourcedCache> sources;

  /** Those who hold the images that the build stands on, one for each. */
  private final Set<String> holders = new HashSet<>();

  /** Makes images as a request wants them; those from nothing are for its platform. */
  Commits(BuildServices services, BuildOutput output, BuildRequest request) {
    this.services = services;
    this.output = output;
    this.platform =
        request.platform().isEmpty() ? Platform.host() : Platform.parse(request.platform());
    this.sources =
        request.cacheSources().isEmpty()
            ? Optional.empty()
            : Optional.of(
                new SourcedCache(services.images(), services.cache(), request.cacheSources()));
  }

  /** The stage's configuration as the history tells of a step that changes only that. */
  static JsonObject configured(Stage stage, String comment) {
    return told(stage, List.of(NOTHING_RUN, comment));
  }

  /** The same of a step that changes files without running anything; dockerd tells it in one. */
  static JsonObject changed(Stage stage, String comment) {
    return told(stage, List.of(NOTHING_RUN + comment));
  }

  private static JsonObject told(Stage stage, List<String> comment) {
    List<String> command = new ArrayList<>(ConfigEdit.shell(stage.config()));
    command.addAll(comment);
    return with(stage.config(), "Cmd", array(command));
  }

  /**
   * Takes a step's image from the cache if it is there.
   *
   * @param probe what tells the step from others: the container's configuration
   */
  boolean takeCached(Stage stage, JsonObject probe) throws IOException {
    Optional<Image> found =
        stage.isCached() ? cached(stage, probe).filter(this::hold) : Optional.empty();
    if (found.isEmpty()) {
      stage.miss();
      return false;
    }
    output.usingCache();
    stage.made(found.get());
    return true;
  }

  private Optional<Image> cached(Stage stage, JsonObject probe) throws IOException {
    return sources.isPresent()
        ? sources.get().find(stage, probe)
        : services.cache().find(stage.imageId(), probe);
  }

  /**
   * Makes a step's image.
   *
   * @param containerId empty if there was no container
   * @param layer what changed, empty if nothing did
   */
  void commit(Stage stage, JsonObject probe, String containerId, Optional<Path> layer)
      throws IOException {
    String parent = stage.imageId();
    JsonObject document = document(stage, probe, containerId);
    JsonObject history = history(stage, probe, document.getString("created"), layer.isEmpty());
    Image image;
    if (layer.isPresent()) {
      try (InputStream content = Files.newInputStream(layer.get())) {
        image = services.images().commit(stage.image(), document, history, Optional.of(content));
      }
    } else {
      image = services.images().commit(stage.image(), document, history, Optional.empty());
    }
    var _ = hold(image);
    services.cache().put(parent, probe, image);
    stage.made(image);
  }

  /**
   * Keeps an image from going with one that is made of it and that somebody else removes.
   *
   * @return false if it has gone already
   */
  private boolean hold(Image image) {
    String holder = "build " + Ids.random();
    try {
      services.images().hold(image, holder);
    } catch (EngineException.NotFound e) {
      return false;
    }
    return holders.add(holder);
  }

  /** The build has ended: its images may go. */
  void end() {
    holders.forEach(services.images()::release);
  }

  private JsonObject document(Stage stage, JsonObject probe, String containerId) {
    JsonObject inherited = stage.image().map(Image::document).orElse(JsonValue.EMPTY_JSON_OBJECT);
    JsonObjectBuilder document =
        JsonBuilders.object(
                DocumentChanges.without(
                    inherited, "rootfs", "history", "container", "author", "comment"))
            .add("created", services.clock().instant().toString())
            .add("config", stage.config())
            .add("container_config", probe);
    if (!containerId.isEmpty()) {
      document.add("container", containerId);
    }
    if (!stage.author().isEmpty()) {
      document.add("author", stage.author());
    }
    if (!inherited.containsKey("os")) {
      document.add("os", platform.os()).add("architecture", platform.architecture());
      if (!platform.variant().isEmpty()) {
        document.add("variant", platform.variant());
      }
    }
    return document.build();
  }

  private static JsonObject history(
      Stage stage, JsonObject probe, String created, boolean isEmpty) {
    JsonObjectBuilder history = JsonBuilders.object().add("created", created);
    if (!stage.author().isEmpty()) {
      history.add("author", stage.author());
    }
    history.add("created_by", String.join(" ", Documents.strings(probe, "Cmd")));
    if (isEmpty) {
      history.add("empty_layer", true);
    }
    return history.build();
  }
}
