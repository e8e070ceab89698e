package io.sockerless.backend.core.image;

import io.sockerless.backend.core.registry.Digest;
import io.sockerless.backend.core.registry.ImageReference;
import io.sockerless.backend.core.registry.Platform;
import io.sockerless.engine.JsonBuilders;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.util.Optional;

/** Makes an image of a file system's tar stream. */
final class ImageImporter {

  private final ContentStore content;
  private final ImageStore images;
  private final ImageEvents events;
  private final Clock clock;

  ImageImporter(ContentStore content, ImageStore images, ImageEvents events, Clock clock) {
    this.content = content;
    this.images = images;
    this.events = events;
    this.clock = clock;
  }

  /**
   * What an import makes.
   *
   * @param name what to call it
   * @param config the containers' defaults
   */
  record Order(
      Optional<ImageReference> name, Platform platform, String message, JsonObject config) {}

  /** Reads the stream, which may be compressed, to its end. */
  ImageRecord run(InputStream tar, Order order) throws IOException {
    try (ContentStore.Session _ = content.open()) {
      Digest layer = new LayerWriter(content).write(tar, Optional.empty());
      JsonObject document = document(layer, order);
      Digest id = content.putText(document.toString());
      ImageRecord image =
          new ImageRecord(
              id, document, Optional.empty(), "", content.layerSize(layer), Optional.empty());
      images.put(image, order.name().map(ImageReference::withDefaultTag));
      events.about("import", image, id.toString());
      return image;
    }
  }

  private JsonObject document(Digest layer, Order order) {
    String now = clock.instant().toString();
    Platform platform = order.platform();
    JsonObjectBuilder document =
        JsonBuilders.object().add("architecture", platform.architecture()).add("os", platform.os());
    if (!platform.variant().isEmpty()) {
      document.add("variant", platform.variant());
    }
    return document
        .add("created", now)
        .add("comment", order.message())
        .add("config", order.config())
        .add(
            "rootfs",
            JsonBuilders.object()
                .add("type", "layers")
                .add("diff_ids", JsonBuilders.array().add(layer.toString())))
        .add(
            "history",
            JsonBuilders.array()
                .add(JsonBuilders.object().add("created", now).add("comment", order.message())))
        .build();
  }
}
