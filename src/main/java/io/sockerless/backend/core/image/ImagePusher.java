package io.sockerless.backend.core.image;

import io.sockerless.backend.core.registry.Credentials;
import io.sockerless.backend.core.registry.Descriptor;
import io.sockerless.backend.core.registry.Digest;
import io.sockerless.backend.core.registry.ImageReference;
import io.sockerless.backend.core.registry.Manifest;
import io.sockerless.backend.core.registry.Registries;
import io.sockerless.backend.core.registry.RegistryErrors;
import io.sockerless.backend.core.registry.Repository;
import io.sockerless.engine.EngineException;
import io.sockerless.engine.JsonBuilders;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Uploads images: what a registry has already is not sent again, or taken from a neighbour. */
final class ImagePusher {

  private final Registries registries;
  private final ContentStore content;
  private final ImageStore images;
  private final PushManifests manifests;
  private final ImageEvents events;

  ImagePusher(
      Registries registries,
      ContentStore content,
      ImageStore images,
      PushManifests manifests,
      ImageEvents events) {
    this.registries = registries;
    this.content = content;
    this.images = images;
    this.manifests = manifests;
    this.events = events;
  }

  /**
   * Pushes one tag, or all tags of a repository.
   *
   * @param name without a tag for all of them
   * @throws EngineException in dockerd's words
   */
  void push(ImageReference name, Credentials credentials, Progress progress) throws IOException {
    progress.status("The push refers to repository [" + name.repository() + "]");
    List<ImageReference> tags = tags(name);
    if (tags.isEmpty()) {
      throw new EngineException.NotFound(
          "An image does not exist locally with the tag: " + name.familiarRepository());
    }
    try (ContentStore.Session _ = content.open()) {
      Repository repository = registries.target(name, credentials);
      for (ImageReference tag : tags) {
        push(tag, repository, progress);
      }
    } catch (IOException e) {
      throw new EngineException.Failure(500, RegistryErrors.text(e));
    }
  }

  private List<ImageReference> tags(ImageReference name) {
    if (name.digest().isPresent()) {
      throw new EngineException.InvalidParameter("cannot push a digest reference");
    }
    List<ImageReference> all = tagsOf(name);
    if (all.isEmpty() || name.tag().isEmpty()) {
      return all;
    }
    if (images.byName(name).isEmpty()) {
      throw new EngineException.NotFound("tag does not exist: " + name.familiar());
    }
    return List.of(name);
  }

  private List<ImageReference> tagsOf(ImageReference name) {
    return images.allNames().keySet().stream()
        .map(ImageReference::parse)
        .filter(other -> other.repository().equals(name.repository()) && other.tag().isPresent())
        .toList();
  }

  private void push(ImageReference reference, Repository repository, Progress progress)
      throws IOException {
    ImageRecord image = images.resolve(reference.toString());
    List<Digest> diffIds = image.diffIds();
    for (Digest diffId : List.copyOf(new LinkedHashMap<>(index(diffIds)).keySet()).reversed()) {
      progress.state(diffId.shortHex(), "Preparing");
    }
    Manifest manifest = manifests.of(image);
    upload(reference, diffIds, manifest, repository, progress);
    Descriptor config = manifest.config();
    if (!repository.hasBlob(config.digest())) {
      uploadBlob(repository, config, bytes -> {});
    }
    String tag = reference.manifest();
    Digest digest = repository.putManifest(tag, manifest);
    images.name(reference.withDigest(digest), image.id(), false);
    long size = manifest.text().getBytes(StandardCharsets.UTF_8).length;
    progress.status(tag + ": digest: " + digest + " size: " + size);
    progress.aux(
        JsonBuilders.object()
            .add("Tag", tag)
            .add("Digest", digest.toString())
            .add("Size", size)
            .build());
    events.remote("push", reference, image.labels());
  }

  /** The place of each layer; the same one may be there twice. */
  private static Map<Digest, Integer> index(List<Digest> diffIds) {
    Map<Digest, Integer> index = new LinkedHashMap<>();
    for (int i = 0; i < diffIds.size(); i++) {
      index.putIfAbsent(diffIds.get(i), i);
    }
    return index;
  }

  private void upload(
      ImageReference reference,
      List<Digest> diffIds,
      Manifest manifest,
      Repository repository,
      Progress progress)
      throws IOException {
    List<Descriptor> layers = manifest.layers();
    Parallel parallel = new Parallel();
    List<Parallel.Step> steps = new ArrayList<>();
    index(diffIds)
        .forEach((diffId, i) ->
            steps.add(() ->
                new LayerUpload(reference, diffId, layers.get(i), progress, parallel)
                    .run(repository)));
    parallel.run(steps, i -> {});
  }

  private void uploadBlob(Repository repository, Descriptor blob, BlobDownload.Meter meter)
      throws IOException {
    repository.upload(
        blob.digest(),
        blob.size(),
        offset -> {
          var in = Files.newInputStream(content.blob(blob.digest()));
          in.skipNBytes(offset);
          return new Watched(in, offset, meter);
        });
  }

  /** One layer on its way. */
  private final class LayerUpload {
    private final ImageReference reference;
    private final String id;
    private final Descriptor blob;
    private final Progress progress;
    private final Parallel parallel;

    LayerUpload(
        ImageReference reference,
        Digest diffId,
        Descriptor blob,
        Progress progress,
        Parallel parallel) {
      this.reference = reference;
      this.id = diffId.shortHex();
      this.blob = blob;
      this.progress = progress;
      this.parallel = parallel;
    }

    void run(Repository repository) throws IOException {
      if (repository.hasBlob(blob.digest())) {
        progress.state(id, "Layer already exists");
        return;
      }
      for (String neighbour : manifests.neighbours(reference, blob.digest())) {
        if (repository.mount(blob.digest(), neighbour)) {
          progress.state(id, "Mounted from " + neighbour);
          return;
        }
      }
      Ticker ticker = new Ticker(progress, id, "Pushing", blob.size());
      uploadBlob(
          repository,
          blob,
          current -> {
            parallel.check();
            ticker.reached(current);
          });
      progress.state(id, "Pushed");
    }
  }
}
