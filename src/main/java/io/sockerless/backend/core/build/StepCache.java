package io.sockerless.backend.core.build;

import io.sockerless.backend.core.container.ImageSource;
import io.sockerless.backend.core.container.ImageSource.Image;
import io.sockerless.backend.core.document.DocumentChanges;
import io.sockerless.backend.core.registry.Digest;
import io.sockerless.backend.core.store.Table;
import io.sockerless.engine.JsonBuilders;
import jakarta.json.JsonObject;
import java.util.Optional;

/**
 * Which image a step made, by the image it began with and all that tells it from other steps. What
 * it says holds for as long as the image is there.
 */
final class StepCache {

  private static final String IMAGE = "Image";

  private final Table table;
  private final ImageSource images;

  StepCache(Table table, ImageSource images) {
    this.table = table;
    this.images = images;
  }

  /**
   * What an earlier build made of the same step.
   *
   * @param parent the id of the image that it begins with, empty for none
   * @param config of the container that it runs or would run in, the command telling the step
   */
  Optional<Image> find(String parent, JsonObject config) {
    String key = key(parent, config);
    Optional<String> id = table.get(key).map(stored -> stored.getString(IMAGE));
    Optional<Image> image = id.flatMap(it -> images.find(it, ""));
    if (id.isPresent() && image.isEmpty()) {
      table.remove(key);
    }
    return image;
  }

  /** Remembers what a step made. */
  void put(String parent, JsonObject config, Image image) {
    table.put(key(parent, config), JsonBuilders.object().add(IMAGE, image.id()).build());
  }

  /** Forgets the steps whose images are gone. */
  void prune() {
    for (String key : table.ids()) {
      boolean gone = table.get(key).flatMap(it -> images.find(it.getString(IMAGE), "")).isEmpty();
      if (gone) {
        table.remove(key);
      }
    }
  }

  /** The image's name in a configuration is that of its parent, which the key has already. */
  private static String key(String parent, JsonObject config) {
    JsonObject counted = DocumentChanges.without(config, "Image", "Hostname");
    return Digest.sha256(parent + "\n" + counted).hex();
  }
}
