package io.sockerless.backend.core.build;

import io.sockerless.backend.core.container.ImageSource;
import io.sockerless.backend.core.container.ImageSource.Image;
import io.sockerless.backend.core.document.DocumentChanges;
import io.sockerless.backend.core.document.Documents;
import io.sockerless.engine.JsonBuilders;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Takes steps from images that a build names with {@code cachefrom}, and from no others. Such an
 * image may have come from elsewhere, without those between its steps, which are made anew of its
 * history and layers.
 */
final class SourcedCache {

  private static final String ROOT = "rootfs";

  private final ImageSource images;
  private final StepCache local;
  private List<Image> sources;

  /** Those of the named images that are here; others are skipped, as dockerd does. */
  SourcedCache(ImageSource images, StepCache local, List<String> names) {
    this.images = images;
    this.local = local;
    sources = names.stream().flatMap(name -> images.find(name, "").stream()).toList();
  }

  /**
   * The image of a step, if one of the sources has it at this place of its history.
   *
   * @param probe what tells the step from others: the container's configuration
   */
  Optional<Image> find(Stage stage, JsonObject probe) throws IOException {
    Optional<Image> known =
        local
            .find(stage.imageId(), probe)
            .filter(image ->
                sources.stream()
                    .anyMatch(source ->
                        source.id().equals(image.id()) || continues(source, Optional.of(image))));
    if (known.isPresent()) {
      return known;
    }
    String step = String.join(" ", Documents.strings(probe, "Cmd"));
    int done = stage.image().map(image -> history(image).size()).orElse(0);
    for (Image source : sources) {
      if (continues(source, stage.image())
          && Documents.string(history(source).get(done), "created_by").equals(step)) {
        if (history(source).size() == done + 1) {
          return Optional.of(source);
        }
        sources = List.of(source);
        return Optional.of(restore(source, done, stage));
      }
    }
    return Optional.empty();
  }

  /** Whether an image begins as another one, and goes on. */
  private static boolean continues(Image source, Optional<Image> parent) {
    List<JsonObject> steps = history(source);
    List<JsonObject> first = parent.map(SourcedCache::history).orElse(List.of());
    List<String> layers = layers(source);
    List<String> below = parent.map(SourcedCache::layers).orElse(List.of());
    return first.size() < steps.size()
        && steps.subList(0, first.size()).equals(first)
        && below.size() <= layers.size()
        && layers.subList(0, below.size()).equals(below);
  }

  /** The image as it was after one more step. */
  private Image restore(Image source, int done, Stage stage) throws IOException {
    JsonObject step = history(source).get(done);
    JsonObject document =
        JsonBuilders.object(
                DocumentChanges.without(source.document(), ROOT, "history", "container"))
            .add("created", Documents.string(step, "created"))
            .add("config", stage.config())
            .build();
    if (Documents.flag(step, "empty_layer")) {
      return images.commit(stage.image(), document, step, Optional.empty());
    }
    int below = stage.image().map(image -> layers(image).size()).orElse(0);
    Path layer = images.layers(source).get(below);
    try (InputStream content = Files.newInputStream(layer)) {
      return images.commit(stage.image(), document, step, Optional.of(content));
    }
  }

  private static List<JsonObject> history(Image image) {
    return image.document().get("history") instanceof JsonArray history
        ? Documents.objects(history)
        : List.of();
  }

  private static List<String> layers(Image image) {
    return Documents.strings(Documents.object(image.document(), ROOT), "diff_ids");
  }
}
