package io.sockerless.backend.core.image;

import io.sockerless.backend.core.container.ImageSource;
import io.sockerless.backend.core.registry.Credentials;
import io.sockerless.backend.core.registry.Digest;
import io.sockerless.backend.core.registry.ImageReference;
import io.sockerless.backend.core.registry.Platform;
import io.sockerless.backend.core.registry.RegistryErrors;
import io.sockerless.engine.Call;
import io.sockerless.engine.EngineException;
import io.sockerless.engine.JsonBuilders;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Images for containers and builds. */
final class CoreImageSource implements ImageSource {

  private final ImageStore images;
  private final ContentStore content;
  private final ImageHolds holds;
  private final ImagePuller puller;
  private final ImageEvents events;

  CoreImageSource(
      ImageStore images,
      ContentStore content,
      ImageHolds holds,
      ImagePuller puller,
      ImageEvents events) {
    this.images = images;
    this.content = content;
    this.holds = holds;
    this.puller = puller;
    this.events = events;
  }

  @Override
  public Optional<Image> find(String reference, String platform) {
    Optional<Image> image =
        images.find(reference).map(ImageRecord::image).or(() -> holds.find(reference));
    if (platform.isEmpty()) {
      return image;
    }
    Platform wanted = Platform.parse(platform);
    return image.filter(found -> wanted.accepts(Platform.of(found.document())));
  }

  @Override
  public Image pull(String reference, String platform, Call call, Records records) {
    ImageReference name = ImageReference.parse(reference);
    Credentials credentials = RegistryHeaders.credentials(call, name);
    Optional<Platform> wanted =
        Optional.of(platform).filter(text -> !text.isEmpty()).map(Platform::parse);
    Progress progress =
        new Progress(record -> {
          if (call.cancellation().isCancelled()) {
            throw new IOException("context canceled");
          }
          records.accept(record);
        });
    try {
      return puller.pull(name, wanted, credentials, progress).image();
    } catch (IOException e) {
      throw new EngineException.Failure(500, RegistryErrors.text(e));
    }
  }

  @Override
  public List<Path> layers(Image image) {
    return ImageRecord.diffIds(image.document()).stream().map(content::layer).toList();
  }

  @Override
  public Image commit(
      Optional<Image> parent,
      JsonObject document,
      JsonObject history,
      Optional<InputStream> layer,
      String name)
      throws IOException {
    Optional<ImageReference> reference =
        Optional.of(name).filter(it -> !it.isEmpty()).map(CoreImageSource::tag);
    try (ContentStore.Session _ = content.open()) {
      JsonArrayBuilder diffIds = continued(parent, "rootfs", "diff_ids");
      if (layer.isPresent()) {
        diffIds.add(new LayerWriter(content).write(layer.get(), Optional.empty()).toString());
      }
      JsonObject whole =
          JsonBuilders.object(document)
              .add("rootfs", JsonBuilders.object().add("type", "layers").add("diff_ids", diffIds))
              .add("history", continued(parent, "", "history").add(history))
              .build();
      ImageRecord image = put(whole, parent.map(Image::id).orElse(""), reference);
      reference.ifPresent(it -> events.about("tag", image, it.familiar()));
      return image.image();
    }
  }

  /** The parent's list, to be added to. */
  private static JsonArrayBuilder continued(Optional<Image> parent, String within, String name) {
    JsonObject document = parent.map(Image::document).orElse(JsonValue.EMPTY_JSON_OBJECT);
    JsonValue holder = within.isEmpty() ? document : document.get(within);
    return holder instanceof JsonObject object && object.get(name) instanceof JsonArray array
        ? JsonBuilders.array(array)
        : JsonBuilders.array();
  }

  private ImageRecord put(JsonObject document, String parent, Optional<ImageReference> name)
      throws IOException {
    if (!ImageRecord.diffIds(document).stream().allMatch(content::hasLayer)) {
      throw new EngineException.NotFound("No such image: " + parent);
    }
    Digest id = content.putText(document.toString());
    long size = ImageRecord.diffIds(document).stream().mapToLong(content::layerSize).sum();
    ImageRecord image =
        images
            .byId(id.toString())
            .orElseGet(() ->
                new ImageRecord(id, document, Optional.empty(), parent, size, Optional.empty()));
    images.put(image, name);
    return image;
  }

  @Override
  public String parent(String imageId) {
    return images.byId(imageId).map(ImageRecord::parent).orElse("");
  }

  @Override
  public long size(Image image) {
    return ImageRecord.diffIds(image.document()).stream().mapToLong(content::layerSize).sum();
  }

  @Override
  public void tag(Image image, String name) {
    ImageReference reference = tag(name);
    ImageRecord record = images.resolve(image.id());
    images.name(reference, record.id(), true);
    events.about("tag", record, reference.familiar());
  }

  private static ImageReference tag(String name) {
    ImageReference reference = ImageReference.parse(name).withDefaultTag();
    if (reference.digest().isPresent()) {
      throw new EngineException.InvalidParameter(
          "refusing to create a tag with a digest reference");
    }
    if (reference.familiarRepository().equals("sha256")) {
      throw new EngineException.InvalidParameter(
          "refusing to create an ambiguous tag using digest algorithm as name");
    }
    return reference;
  }

  @Override
  public void hold(Image image, String containerId) {
    images.exclusively(() -> {
      images.resolve(image.id());
      holds.hold(image, containerId);
      return image;
    });
  }

  @Override
  public void release(String containerId) {
    holds.release(containerId);
  }
}
