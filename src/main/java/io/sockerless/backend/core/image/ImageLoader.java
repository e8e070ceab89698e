package io.sockerless.backend.core.image;

import io.airlift.compress.v3.MalformedInputException;
import io.sockerless.backend.core.document.Documents;
import io.sockerless.backend.core.registry.Descriptor;
import io.sockerless.backend.core.registry.Digest;
import io.sockerless.backend.core.registry.ImageReference;
import io.sockerless.backend.core.registry.Manifest;
import io.sockerless.backend.core.registry.Platform;
import io.sockerless.engine.Body;
import io.sockerless.engine.EngineException;
import io.sockerless.engine.JsonSyntax;
import jakarta.json.JsonArray;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads images from Docker's archive or an OCI layout. Every digest is checked; an archive that is
 * wrong anywhere leaves nothing.
 */
final class ImageLoader {

  private final ContentStore content;
  private final ImageStore images;
  private final ImageEvents events;

  ImageLoader(ContentStore content, ImageStore images, ImageEvents events) {
    this.content = content;
    this.images = images;
    this.events = events;
  }

  /** An image of the archive, checked, not yet listed. */
  private record Loaded(ImageRecord image, List<ImageReference> names) {}

  /**
   * Loads all images of the archive.
   *
   * @param platform which image of an index; this machine's if it is not given
   * @param quiet whether the layers' progress is of no interest
   * @throws EngineException.InvalidParameter if the archive is wrong
   */
  void load(InputStream stream, Optional<Platform> platform, boolean quiet, Progress progress)
      throws IOException {
    List<Loaded> loaded;
    try (ContentStore.Session _ = content.open();
        Staging staging = new Staging(content)) {
      try {
        staging.read(stream);
        Progress layers = quiet ? Progress.unseen() : progress;
        loaded =
            staging.file("manifest.json").isPresent()
                ? archive(staging, layers)
                : layout(staging, platform.orElseGet(Platform::host), layers);
      } catch (IOException | JsonException | ClassCastException | MalformedInputException e) {
        String why = e.getMessage() == null ? "invalid archive" : e.getMessage();
        throw new EngineException.InvalidParameter(why);
      }
      for (Loaded one : loaded) {
        enlist(one, progress);
      }
    }
  }

  private void enlist(Loaded loaded, Progress progress) throws IOException {
    ImageRecord image = images.byId(loaded.image().id().toString()).orElse(loaded.image());
    for (String line : images.exclusively(() -> enlist(image, loaded.names()))) {
      progress.stream(line);
    }
    if (loaded.names().isEmpty()) {
      progress.stream("Loaded image ID: " + image.id() + "\n");
    }
    events.about("load", image, image.id().toString());
  }

  /** Answers what there is to tell. */
  private List<String> enlist(ImageRecord image, List<ImageReference> names) {
    List<String> lines = new ArrayList<>();
    images.put(image);
    for (ImageReference name : names) {
      Optional<ImageRecord> before = images.byName(name);
      if (before.isPresent() && !before.get().id().equals(image.id())) {
        lines.add(
            "The image "
                + name.familiar()
                + " already exists, renaming the old one with ID "
                + before.get().id()
                + " to empty string\n");
      }
      images.name(name, image.id(), false);
      lines.add("Loaded image: " + name.familiar() + "\n");
    }
    return lines;
  }

  private List<Loaded> archive(Staging staging, Progress progress) throws IOException {
    List<Loaded> loaded = new ArrayList<>();
    JsonValue manifest = parse(staging, "manifest.json");
    if (manifest.getValueType() == JsonValue.ValueType.NULL) {
      throw new IOException("invalid manifest, manifest cannot be null (but can be [])");
    }
    if (!(manifest instanceof JsonArray entries)) {
      throw new IOException("invalid archive: manifest.json is no list");
    }
    for (JsonValue item : entries) {
      if (!(item instanceof JsonObject entry)) {
        throw new IOException("invalid archive: an entry of manifest.json is no object");
      }
      String config = staging.text(entry.getString("Config", ""));
      JsonObject document = ImagePuller.document(config);
      checkSystem(document);
      List<String> layers = names(entry, "Layers");
      List<Digest> diffIds = diffIds(document, layers.size());
      for (int i = 0; i < diffIds.size(); i++) {
        Path file = staging.required(layers.get(i));
        layer(file, diffIds.get(i), progress);
      }
      loaded.add(new Loaded(record(config, document, Optional.empty()), references(entry)));
    }
    return loaded;
  }

  private static List<ImageReference> references(JsonObject entry) throws IOException {
    List<ImageReference> references = new ArrayList<>();
    for (String name : names(entry, "RepoTags")) {
      try {
        references.add(ImageReference.parse(name).withDefaultTag());
      } catch (EngineException e) {
        throw new IOException("invalid archive: \"" + name + "\": " + e.text(), e);
      }
    }
    return references;
  }

  private static List<String> names(JsonObject entry, String field) {
    return Documents.strings(entry, field);
  }

  private static List<Digest> diffIds(JsonObject document, int layers) throws IOException {
    List<Digest> diffIds = ImageRecord.diffIds(document);
    if (diffIds.size() != layers) {
      throw new IOException(
          "invalid manifest, layers length mismatch: expected "
              + layers
              + ", got "
              + diffIds.size());
    }
    return diffIds;
  }

  private List<Loaded> layout(Staging staging, Platform platform, Progress progress)
      throws IOException {
    if (staging.file("index.json").isEmpty()) {
      throw new IOException("invalid archive: neither manifest.json nor index.json is in it");
    }
    List<Loaded> loaded = new ArrayList<>();
    if (!(parse(staging, "index.json") instanceof JsonObject index)) {
      throw new IOException("invalid archive: index.json is no object");
    }
    for (JsonObject entry : Documents.objects(index, "manifests")) {
      Manifest manifest = manifest(staging, Descriptor.of(entry));
      if (manifest.isIndex()) {
        Descriptor chosen =
            manifest
                .choose(platform, false)
                .orElseThrow(() -> new IOException("invalid archive: no image for " + platform));
        manifest = manifest(staging, chosen);
      }
      loaded.add(image(staging, manifest, annotatedName(entry), progress));
    }
    return merged(loaded);
  }

  /** An image is listed once a name in an index. */
  private static List<Loaded> merged(List<Loaded> loaded) {
    List<Loaded> merged = new ArrayList<>();
    for (Loaded one : loaded) {
      Optional<Loaded> same =
          merged.stream().filter(m -> m.image().id().equals(one.image().id())).findFirst();
      if (same.isPresent()) {
        same.get().names().addAll(one.names());
      } else {
        merged.add(new Loaded(one.image(), new ArrayList<>(one.names())));
      }
    }
    return merged;
  }

  private static Manifest manifest(Staging staging, Descriptor descriptor) throws IOException {
    String text = staging.text(Staging.blob(descriptor.digest()));
    Manifest manifest = Manifest.parse(descriptor.mediaType(), text);
    if (!manifest.digest().equals(descriptor.digest())) {
      throw new IOException("manifest verification failed for digest " + descriptor.digest());
    }
    return manifest;
  }

  private Loaded image(
      Staging staging, Manifest manifest, List<ImageReference> names, Progress progress)
      throws IOException {
    Digest id = manifest.config().digest();
    String config = staging.text(Staging.blob(id));
    if (!Digest.sha256(config).equals(id)) {
      throw new IOException("image configuration verification failed for digest " + id);
    }
    JsonObject document = ImagePuller.document(config);
    checkSystem(document);
    List<Descriptor> layers = manifest.layers();
    List<Digest> diffIds = diffIds(document, layers.size());
    for (int i = 0; i < diffIds.size(); i++) {
      Digest digest = layers.get(i).digest();
      if (!content.hasBlob(digest)) {
        content.putBlob(staging.required(Staging.blob(digest)), digest);
      }
      layer(content.blob(digest), diffIds.get(i), progress);
    }
    content.putText(manifest.text());
    return new Loaded(record(config, document, Optional.of(manifest.digest())), names);
  }

  private static List<ImageReference> annotatedName(JsonObject entry) {
    JsonObject annotations = Documents.object(entry, "annotations");
    String name =
        annotations.getString(
            "io.containerd.image.name",
            annotations.getString("org.opencontainers.image.ref.name", ""));
    try {
      // A tag alone names nothing.
      return name.contains(":") || name.contains("/")
          ? List.of(ImageReference.parse(name).withDefaultTag())
          : List.of();
    } catch (EngineException e) {
      return List.of();
    }
  }

  private void layer(Path file, Digest diffId, Progress progress) throws IOException {
    if (content.hasLayer(diffId)) {
      return;
    }
    Ticker ticker = new Ticker(progress, diffId.shortHex(), "Loading layer", Files.size(file));
    try (InputStream in = new Watched(Files.newInputStream(file), 0, ticker::reached)) {
      new LayerWriter(content).write(in, Optional.of(diffId));
    }
  }

  private ImageRecord record(String config, JsonObject document, Optional<Digest> manifest)
      throws IOException {
    long size = ImageRecord.diffIds(document).stream().mapToLong(content::layerSize).sum();
    return new ImageRecord(content.putText(config), document, manifest, "", size, Optional.empty());
  }

  private static JsonValue parse(Staging staging, String name) throws IOException {
    byte[] bytes = staging.text(name).getBytes(StandardCharsets.UTF_8);
    try {
      return Body.value(bytes);
    } catch (EngineException.InvalidParameter e) {
      throw new IOException(
          "invalid archive: " + name + ": " + JsonSyntax.problemOfWhole(bytes).orElse(e.text()), e);
    }
  }

  /** Images for another system could not be run here, and dockerd does not keep them. */
  private static void checkSystem(JsonObject document) throws IOException {
    String system = document.getString("os", "linux");
    if (!system.isEmpty() && !system.equals("linux")) {
      throw new IOException("cannot load " + system + " image on linux");
    }
  }
}
