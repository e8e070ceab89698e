package io.sockerless.backend.core.image;

import io.sockerless.archive.TarEntry;
import io.sockerless.archive.TarEntry.Kind;
import io.sockerless.archive.TarWriter;
import io.sockerless.backend.core.registry.Descriptor;
import io.sockerless.backend.core.registry.Digest;
import io.sockerless.backend.core.registry.ImageReference;
import io.sockerless.backend.core.registry.Manifest;
import io.sockerless.backend.core.registry.Platform;
import io.sockerless.engine.JsonBuilders;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Writes images as one tar stream that is Docker's archive and an OCI layout at once, as dockerd
 * does since 25.
 */
final class ImageSaver {

  private static final String BLOBS = "blobs/sha256/";
  private static final String OCI_CONFIG = "application/vnd.oci.image.config.v1+json";
  private static final String OCI_LAYER = "application/vnd.oci.image.layer.v1.tar";

  private final ContentStore content;

  ImageSaver(ContentStore content) {
    this.content = content;
  }

  /** The names under which each image goes in, by image. */
  record Selection(Map<ImageRecord, List<ImageReference>> images) {
    Selection() {
      this(new LinkedHashMap<>());
    }

    void add(ImageRecord image, List<ImageReference> names) {
      List<ImageReference> all = images.computeIfAbsent(image, one -> new ArrayList<>());
      names.stream().filter(name -> !all.contains(name)).forEach(all::add);
    }
  }

  /** Writes to the end of the stream. */
  void write(Selection selection, OutputStream out) throws IOException {
    try (TarWriter tar = new TarWriter(out)) {
      tar.put(entry("blobs", Kind.DIRECTORY, 0755, 0));
      tar.put(entry("blobs/sha256", Kind.DIRECTORY, 0755, 0));
      Set<Digest> written = new HashSet<>();
      JsonArrayBuilder archive = JsonBuilders.array();
      JsonArrayBuilder index = JsonBuilders.array();
      for (Map.Entry<ImageRecord, List<ImageReference>> image : selection.images().entrySet()) {
        writeImage(tar, image.getKey(), written);
        archive.add(archiveEntry(image.getKey(), image.getValue()));
        Manifest manifest = manifest(image.getKey());
        text(tar, BLOBS + manifest.digest().hex(), manifest.text());
        addToIndex(index, manifest, image.getKey().platform(), image.getValue());
      }
      text(tar, "index.json", indexDocument(index).toString());
      text(tar, "manifest.json", archive.build().toString());
      text(tar, "oci-layout", "{\"imageLayoutVersion\":\"1.0.0\"}");
      JsonObject repositories = repositories(selection);
      if (!repositories.isEmpty()) {
        text(tar, "repositories", repositories.toString());
      }
    }
  }

  private void writeImage(TarWriter tar, ImageRecord image, Set<Digest> written)
      throws IOException {
    if (written.add(image.id())) {
      text(tar, BLOBS + image.id().hex(), content.text(image.id()));
    }
    for (Digest layer : image.diffIds()) {
      if (written.add(layer)) {
        try (InputStream in = Files.newInputStream(content.layer(layer))) {
          tar.put(entry(BLOBS + layer.hex(), Kind.FILE, 0644, content.tarSize(layer)), in);
        }
      }
    }
  }

  private JsonObject archiveEntry(ImageRecord image, List<ImageReference> names) {
    JsonArrayBuilder layers = JsonBuilders.array();
    JsonObjectBuilder sources = JsonBuilders.object();
    for (Digest layer : image.diffIds()) {
      layers.add(BLOBS + layer.hex());
      sources.add(layer.toString(), layerOf(layer).document());
    }
    return JsonBuilders.object()
        .add("Config", BLOBS + image.id().hex())
        .add("RepoTags", names.isEmpty() ? JsonValue.NULL : ImageDocuments.tags(names))
        .add("Layers", layers)
        .add("LayerSources", sources)
        .build();
  }

  private Descriptor layerOf(Digest layer) {
    return new Descriptor(OCI_LAYER, layer, content.tarSize(layer));
  }

  private Manifest manifest(ImageRecord image) throws IOException {
    JsonArrayBuilder layers = JsonBuilders.array();
    image.diffIds().forEach(layer -> layers.add(layerOf(layer).document()));
    long size = Files.size(content.blob(image.id()));
    String text =
        JsonBuilders.object()
            .add("schemaVersion", 2)
            .add("mediaType", Manifest.OCI)
            .add("config", new Descriptor(OCI_CONFIG, image.id(), size).document())
            .add("layers", layers)
            .build()
            .toString();
    return Manifest.parse(Manifest.OCI, text);
  }

  private static void addToIndex(
      JsonArrayBuilder index, Manifest manifest, Platform platform, List<ImageReference> names) {
    long size = manifest.text().getBytes(StandardCharsets.UTF_8).length;
    JsonObject descriptor =
        new Descriptor(manifest.mediaType(), manifest.digest(), size).document();
    JsonObjectBuilder plain =
        JsonBuilders.object(descriptor)
            .add(
                "platform",
                JsonBuilders.object()
                    .add("architecture", platform.architecture())
                    .add("os", platform.os()));
    if (names.isEmpty()) {
      index.add(plain);
      return;
    }
    JsonObject known = plain.build();
    for (ImageReference name : names) {
      index.add(
          JsonBuilders.object(known)
              .add(
                  "annotations",
                  JsonBuilders.object()
                      .add("io.containerd.image.name", name.toString())
                      .add("org.opencontainers.image.ref.name", name.manifest())));
    }
  }

  private static JsonObject indexDocument(JsonArrayBuilder manifests) {
    return JsonBuilders.object()
        .add("schemaVersion", 2)
        .add("mediaType", Manifest.OCI_INDEX)
        .add("manifests", manifests)
        .build();
  }

  private static JsonObject repositories(Selection selection) {
    Map<String, JsonObjectBuilder> repositories = new TreeMap<>();
    selection
        .images()
        .forEach((image, names) -> {
          for (ImageReference name : names) {
            Digest top = image.diffIds().isEmpty() ? image.id() : image.diffIds().getLast();
            repositories
                .computeIfAbsent(name.familiarRepository(), r -> JsonBuilders.object())
                .add(name.manifest(), top.hex());
          }
        });
    JsonObjectBuilder document = JsonBuilders.object();
    repositories.forEach(document::add);
    return document.build();
  }

  private static void text(TarWriter tar, String name, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    tar.put(entry(name, Kind.FILE, 0644, bytes.length), new ByteArrayInputStream(bytes));
  }

  /** The same images make the same archive, so that there are no times in it. */
  private static TarEntry entry(String name, Kind kind, int mode, long size) {
    return new TarEntry(name, kind, mode, 0, 0, Instant.EPOCH, "", 0, 0, size);
  }
}
