package io.sockerless.backend.core.image;

import io.sockerless.backend.core.container.ContainerDirectory;
import io.sockerless.backend.core.registry.Descriptor;
import io.sockerless.backend.core.registry.Digest;
import io.sockerless.backend.core.registry.Manifest;
import io.sockerless.backend.core.registry.Platform;
import io.sockerless.engine.JsonBuilders;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The manifests that are here of an image, as the Docker API's {@code manifests} shows them. */
final class ManifestSummaries {

  private final ContentStore content;
  private final Supplier<ContainerDirectory> containers;

  ManifestSummaries(ContentStore content, Supplier<ContainerDirectory> containers) {
    this.content = content;
    this.containers = containers;
  }

  /** The manifest that an image came or went with, if it did. */
  Optional<Manifest> manifest(ImageRecord image) {
    Optional<Digest> digest = image.manifest().filter(content::hasBlob);
    try {
      return digest.isEmpty()
          ? Optional.empty()
          : Optional.of(Manifest.parse("", content.text(digest.get())));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The list for one image; empty for one that has never been in a registry. */
  JsonArray of(ImageRecord image) {
    JsonArrayBuilder summaries = JsonBuilders.array();
    manifest(image).ifPresent(manifest -> summaries.add(summary(image, manifest)));
    return summaries.build();
  }

  private JsonObjectBuilder summary(ImageRecord image, Manifest manifest) {
    long length = manifest.text().getBytes(StandardCharsets.UTF_8).length;
    long packed = packed(manifest) + length;
    Platform platform = image.platform();
    JsonObjectBuilder shown =
        JsonBuilders.object().add("architecture", platform.architecture()).add("os", platform.os());
    if (!platform.variant().isEmpty()) {
      shown.add("variant", platform.variant());
    }
    return JsonBuilders.object()
        .add("ID", manifest.digest().toString())
        .add(
            "Descriptor",
            new Descriptor(manifest.mediaType(), manifest.digest(), length).document())
        .add("Available", JsonValue.TRUE)
        .add(
            "Size",
            JsonBuilders.object().add("Content", packed).add("Total", packed + image.size()))
        .add("Kind", "image")
        .add(
            "ImageData",
            JsonBuilders.object()
                .add("Platform", shown)
                .add("Containers", ImageDocuments.strings(users(image)))
                .add("Size", JsonBuilders.object().add("Unpacked", image.size())));
  }

  private static long packed(Manifest manifest) {
    try {
      return manifest.config().size()
          + manifest.layers().stream().mapToLong(Descriptor::size).sum();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<String> users(ImageRecord image) {
    return containers.get().all().stream()
        .filter(container -> container.imageId().equals(image.id().toString()))
        .map(ContainerDirectory.Entry::id)
        .toList();
  }
}
