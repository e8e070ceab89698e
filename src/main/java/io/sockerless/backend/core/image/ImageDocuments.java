package io.sockerless.backend.core.image;

import io.sockerless.backend.core.document.Documents;
import io.sockerless.backend.core.registry.Digest;
import io.sockerless.backend.core.registry.ImageReference;
import io.sockerless.backend.core.value.ApiVersion;
import io.sockerless.engine.Call;
import io.sockerless.engine.JsonBuilders;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** One image as the Docker API's {@code inspect} and {@code history} show it. */
final class ImageDocuments {

  private static final String NEVER = "0001-01-01T00:00:00Z";

  private final ImageStore images;
  private final ContentStore content;
  private final ManifestSummaries manifests;

  ImageDocuments(ImageStore images, ContentStore content, ManifestSummaries manifests) {
    this.images = images;
    this.content = content;
    this.manifests = manifests;
  }

  JsonObject inspect(ImageRecord image, Call call) {
    JsonObject document = image.document();
    List<ImageReference> names = images.namesOf(image.id());
    JsonObjectBuilder answer =
        JsonBuilders.object()
            .add("Id", image.id().toString())
            .add("RepoTags", tags(names))
            .add("RepoDigests", digests(names))
            .add("Parent", image.parent())
            .add("Comment", comment(document))
            .add("DockerVersion", Documents.string(document, "docker_version"))
            .add("Author", Documents.string(document, "author"))
            .add("Config", image.image().config())
            .add("Architecture", Documents.string(document, "architecture"))
            .add("Os", Documents.string(document, "os"))
            .add("Size", image.size());
    addUnlessEmpty(answer, "Created", Documents.string(document, "created"));
    addUnlessEmpty(answer, "Variant", Documents.string(document, "variant"));
    addUnlessEmpty(answer, "OsVersion", Documents.string(document, "os.version"));
    addOld(answer, image, call);
    if (call.query().flag("manifests")) {
      answer.add("Manifests", manifests.of(image));
    }
    return answer
        .add(
            "GraphDriver",
            JsonBuilders.object()
                .add("Name", "sockerless")
                .add("Data", JsonValue.EMPTY_JSON_OBJECT))
        .add(
            "RootFS",
            JsonBuilders.object().add("Type", "layers").add("Layers", strings(image.diffIds())))
        .add(
            "Metadata",
            JsonBuilders.object()
                .add("LastTagTime", image.lastTagged().map(Instant::toString).orElse(NEVER)))
        .build();
  }

  /** What clients of older versions still read. */
  private static void addOld(JsonObjectBuilder answer, ImageRecord image, Call call) {
    if (ApiVersion.isBefore(call, 44)) {
      answer.add("VirtualSize", image.size());
    }
    if (ApiVersion.isBefore(call, 45)) {
      answer
          .add("Container", Documents.string(image.document(), "container"))
          .add("ContainerConfig", Documents.object(image.document(), "container_config"));
    }
  }

  private static void addUnlessEmpty(JsonObjectBuilder answer, String name, String value) {
    if (!value.isEmpty()) {
      answer.add(name, value);
    }
  }

  private static String comment(JsonObject document) {
    List<JsonObject> history = Documents.objects(document, "history");
    String own = Documents.string(document, "comment");
    return own.isEmpty() && !history.isEmpty()
        ? Documents.string(history.getLast(), "comment")
        : own;
  }

  /** The layers, newest first. */
  JsonArray history(ImageRecord image) {
    List<JsonObjectBuilder> entries = new ArrayList<>();
    List<Digest> layers = image.diffIds();
    int layer = 0;
    for (JsonObject step : Documents.objects(image.document(), "history")) {
      long size = 0;
      if (!Documents.flag(step, "empty_layer") && layer < layers.size()) {
        size = content.layerSize(layers.get(layer++));
      }
      entries.addFirst(
          JsonBuilders.object()
              .add("Created", seconds(Documents.string(step, "created")))
              .add("CreatedBy", Documents.string(step, "created_by"))
              .add("Comment", Documents.string(step, "comment"))
              .add("Size", size));
    }
    JsonArrayBuilder answer = JsonBuilders.array();
    Optional<ImageRecord> own = Optional.of(image);
    for (JsonObjectBuilder entry : entries) {
      entry.add("Id", own.map(one -> one.id().toString()).orElse("<missing>"));
      JsonArray tags =
          own.map(one -> tags(images.namesOf(one.id()))).orElse(JsonValue.EMPTY_JSON_ARRAY);
      answer.add(entry.add("Tags", tags.isEmpty() ? JsonValue.NULL : tags));
      own = own.flatMap(one -> images.byId(one.parent()));
    }
    return answer.build();
  }

  private static long seconds(String time) {
    try {
      return OffsetDateTime.parse(time).toEpochSecond();
    } catch (DateTimeParseException e) {
      return Instant.parse(NEVER).getEpochSecond();
    }
  }

  /** The names with a tag. */
  static JsonArray tags(List<ImageReference> names) {
    return strings(
        names.stream()
            .filter(name -> name.digest().isEmpty())
            .map(ImageReference::familiar)
            .toList());
  }

  /** The names with a digest. */
  static JsonArray digests(List<ImageReference> names) {
    return strings(
        names.stream()
            .filter(name -> name.digest().isPresent())
            .map(ImageReference::familiar)
            .toList());
  }

  /** A list of texts. */
  static JsonArray strings(Collection<?> values) {
    JsonArrayBuilder array = JsonBuilders.array();
    values.forEach(value -> array.add(value.toString()));
    return array.build();
  }
}
