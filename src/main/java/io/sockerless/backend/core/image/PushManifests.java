package io.sockerless.backend.core.image;

import io.sockerless.backend.core.registry.Descriptor;
import io.sockerless.backend.core.registry.Digest;
import io.sockerless.backend.core.registry.ImageReference;
import io.sockerless.backend.core.registry.Manifest;
import io.sockerless.engine.JsonBuilders;
import jakarta.json.JsonArrayBuilder;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;

/**
 * Finds the manifest to push an image with: the one that it came with, so that its digest stays, or
 * one made of layers that are compressed once and kept.
 */
final class PushManifests {

  private static final String DOCKER_CONFIG = "application/vnd.docker.container.image.v1+json";
  private static final String OCI_CONFIG = "application/vnd.oci.image.config.v1+json";
  private static final String DOCKER_LAYER = "application/vnd.docker.image.rootfs.diff.tar";
  private static final String OCI_LAYER = "application/vnd.oci.image.layer.v1.tar";
  private static final int PIECE = 64 * 1024;
  private static final int MOST_NEIGHBOURS = 4;

  private final ImageStore images;
  private final ContentStore content;
  private final ManifestSummaries manifests;

  PushManifests(ImageStore images, ContentStore content, ManifestSummaries manifests) {
    this.images = images;
    this.content = content;
    this.manifests = manifests;
  }

  /** The manifest of an image; all that it names is here. */
  Manifest of(ImageRecord image) throws IOException {
    Optional<Manifest> known = manifests.manifest(image);
    if (known.isPresent() && isWhole(known.get())) {
      return known.get();
    }
    List<Descriptor> layers = new ArrayList<>();
    for (Digest diffId : image.diffIds()) {
      Optional<Descriptor> blob = known(diffId);
      layers.add(blob.isPresent() ? blob.get() : compress(diffId));
    }
    Manifest manifest = make(image, layers);
    content.putText(manifest.text());
    images.manifest(image.id(), manifest.digest());
    return manifest;
  }

  private boolean isWhole(Manifest manifest) throws IOException {
    return manifest.layers().stream().allMatch(layer -> content.hasBlob(layer.digest()));
  }

  /** The blob as which a layer came with whichever image. */
  private Optional<Descriptor> known(Digest diffId) throws IOException {
    for (ImageRecord image : images.all()) {
      int place = image.diffIds().indexOf(diffId);
      Optional<Manifest> manifest = place < 0 ? Optional.empty() : manifests.manifest(image);
      if (manifest.isPresent()) {
        List<Descriptor> layers = manifest.get().layers();
        if (place < layers.size() && content.hasBlob(layers.get(place).digest())) {
          return Optional.of(layers.get(place));
        }
      }
    }
    return Optional.empty();
  }

  private Descriptor compress(Digest diffId) throws IOException {
    Path file = content.fresh();
    try {
      MessageDigest hash = Digest.sha256();
      try (InputStream in = Files.newInputStream(content.layer(diffId));
          OutputStream out =
              new GZIPOutputStream(
                  new BufferedOutputStream(
                      new DigestOutputStream(Files.newOutputStream(file), hash)),
                  PIECE)) {
        in.transferTo(out);
      }
      Digest digest = Digest.sha256(hash);
      long size = Files.size(file);
      content.putBlob(file, digest);
      return new Descriptor(DOCKER_LAYER + ".gzip", digest, size);
    } finally {
      Files.deleteIfExists(file);
    }
  }

  private Manifest make(ImageRecord image, List<Descriptor> layers) throws IOException {
    // Docker's own manifest knows no zstd.
    boolean oci = layers.stream().anyMatch(layer -> layer.mediaType().endsWith("zstd"));
    String type = oci ? Manifest.OCI : Manifest.DOCKER;
    JsonArrayBuilder array = JsonBuilders.array();
    for (Descriptor layer : layers) {
      array.add(
          new Descriptor(layerType(layer.mediaType(), oci), layer.digest(), layer.size())
              .document());
    }
    Descriptor config =
        new Descriptor(
            oci ? OCI_CONFIG : DOCKER_CONFIG, image.id(), Files.size(content.blob(image.id())));
    String text =
        JsonBuilders.object()
            .add("schemaVersion", 2)
            .add("mediaType", type)
            .add("config", config.document())
            .add("layers", array)
            .build()
            .toString();
    return Manifest.parse(type, text);
  }

  private static String layerType(String type, boolean oci) {
    if (type.endsWith("zstd")) {
      return OCI_LAYER + "+zstd";
    }
    if (type.endsWith("gzip")) {
      return oci ? OCI_LAYER + "+gzip" : DOCKER_LAYER + ".gzip";
    }
    return oci ? OCI_LAYER : DOCKER_LAYER;
  }

  /** Other repositories of the registry that have a blob, as far as is known here. */
  List<String> neighbours(ImageReference reference, Digest blob) throws IOException {
    List<String> neighbours = new ArrayList<>();
    for (ImageRecord image : images.all()) {
      Optional<Manifest> manifest = manifests.manifest(image);
      if (manifest.isPresent()
          && manifest.get().layers().stream().anyMatch(layer -> layer.digest().equals(blob))) {
        images.namesOf(image.id()).stream()
            .filter(name -> name.digest().isPresent())
            .filter(name -> name.domain().equals(reference.domain()))
            .filter(name -> !name.path().equals(reference.path()))
            .forEach(name -> neighbours.add(name.path()));
      }
    }
    return neighbours.stream().distinct().limit(MOST_NEIGHBOURS).toList();
  }
}
