package io.sockerless.backend.core.image;

import io.sockerless.backend.core.registry.Credentials;
import io.sockerless.backend.core.registry.Descriptor;
import io.sockerless.backend.core.registry.Digest;
import io.sockerless.backend.core.registry.ImageReference;
import io.sockerless.backend.core.registry.Manifest;
import io.sockerless.backend.core.registry.Platform;
import io.sockerless.backend.core.registry.Registries;
import io.sockerless.backend.core.registry.RegistryErrors;
import io.sockerless.backend.core.registry.Repository;
import io.sockerless.backend.core.registry.UnreachableException;
import io.sockerless.engine.EngineException;
import io.sockerless.engine.JsonBuilders;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Brings images here from the first registry that has them. */
final class ImagePuller {

  private static final Logger LOG = System.getLogger(ImagePuller.class.getName());
  private static final String DOWNLOADED = "Status: Downloaded newer image for ";
  private static final int MAX_CONFIG = 8 * 1024 * 1024;

  private final Registries registries;
  private final ContentStore content;
  private final ImageStore images;
  private final Optional<EmbeddedImage> embedded;
  private final ImageEvents events;
  private final BlobDownload blobs;
  private final LayerDownloads layers;

  ImagePuller(
      Registries registries,
      ContentStore content,
      ImageStore images,
      Optional<EmbeddedImage> embedded,
      ImageEvents events) {
    this.registries = registries;
    this.content = content;
    this.images = images;
    this.embedded = embedded;
    this.events = events;
    this.blobs = new BlobDownload(content);
    this.layers = new LayerDownloads(content);
  }

  /**
   * Blocks until the image is here and has its name.
   *
   * @throws EngineException in dockerd's words
   */
  ImageRecord pull(
      ImageReference name, Optional<Platform> platform, Credentials credentials, Progress progress)
      throws IOException {
    ImageReference reference = name.withDefaultTag();
    try (ContentStore.Session _ = content.open()) {
      Found found = find(reference, credentials);
      ImageRecord image = pull(reference, platform, found, progress);
      events.remote("pull", reference, image.labels());
      LOG.log(Level.INFO, "pull {0}: it is {1}", reference, image.id());
      return image;
    } catch (NobodyThere e) {
      return serveEmbedded(reference, platform, e, progress);
    }
  }

  /**
   * Pulls all tags of a repository.
   *
   * @throws EngineException in dockerd's words
   */
  void pullAll(
      ImageReference name, Optional<Platform> platform, Credentials credentials, Progress progress)
      throws IOException {
    List<String> tags;
    try {
      List<Registries.Source> sources = registries.sources(name, credentials);
      tags = sources.getLast().open().tags();
    } catch (IOException e) {
      throw RegistryErrors.pull(name, e);
    }
    for (String tag : tags) {
      pull(name.withTag(tag), platform, credentials, progress);
    }
  }

  private record Found(Repository repository, Manifest manifest) {}

  private Found find(ImageReference reference, Credentials credentials) throws NobodyThere {
    List<IOException> failures = new ArrayList<>();
    for (Registries.Source source : registries.sources(reference, credentials)) {
      try {
        Repository repository = source.open();
        return new Found(repository, repository.manifest(reference.manifest()));
      } catch (IOException e) {
        LOG.log(Level.DEBUG, "pull {0}: {1}", reference, e.getMessage());
        failures.add(e);
      }
    }
    IOException last = failures.getLast();
    if (failures.stream().allMatch(UnreachableException.class::isInstance)) {
      throw new NobodyThere(last);
    }
    // Where the registry itself is silent, what a mirror said tells more.
    IOException telling =
        last instanceof UnreachableException
            ? failures.reversed().stream()
                .filter(failure -> !(failure instanceof UnreachableException))
                .findFirst()
                .orElse(last)
            : last;
    throw RegistryErrors.pull(reference, telling);
  }

  private ImageRecord serveEmbedded(
      ImageReference reference, Optional<Platform> platform, NobodyThere nobody, Progress progress)
      throws IOException {
    String why = RegistryErrors.text(nobody.why);
    EmbeddedImage ours =
        embedded
            .filter(image -> image.serves(reference, platform))
            .orElseThrow(() -> new EngineException.Failure(500, why));
    LOG.log(Level.WARNING, "pull {0}: no registry answers, the embedded image serves", reference);
    try (ContentStore.Session _ = content.open()) {
      ImageRecord image = ours.make(reference);
      enlist(image, reference);
      events.remote("pull", reference, image.labels());
      progress.line(reference.manifest(), "Pulling from " + reference.path());
      progress.status(
          "No registry answered ("
              + why
              + "); the image that is embedded in Sockerless serves instead");
      // Clients such as docker-java's take a pull for failed that does not end with these words.
      progress.status(DOWNLOADED + reference.familiar());
      return image;
    }
  }

  private ImageRecord pull(
      ImageReference reference, Optional<Platform> platform, Found found, Progress progress)
      throws IOException {
    progress.line(reference.manifest(), "Pulling from " + reference.path());
    Manifest manifest = single(found, platform);
    JsonObject document = config(manifest, found.repository());
    List<Digest> diffIds = ImageRecord.diffIds(document);
    List<Descriptor> descriptors = manifest.layers();
    if (diffIds.size() != descriptors.size()) {
      throw new IOException("invalid image: it has not as many layers as its manifest");
    }
    List<LayerDownloads.Layer> wanted = new ArrayList<>();
    for (int i = 0; i < diffIds.size(); i++) {
      wanted.add(new LayerDownloads.Layer(descriptors.get(i), diffIds.get(i)));
    }
    Digest id = manifest.config().digest();
    // Of an image that is here, dockerd tells nothing about its layers.
    if (images.byId(id.toString()).isEmpty() || !layers.areHere(wanted)) {
      layers.fetch(wanted, found.repository(), progress);
    }
    Optional<ImageRecord> before = images.byName(reference);
    ImageRecord image = record(id, document, manifest);
    Digest digest = reference.digest().orElse(found.manifest().digest());
    List<ImageReference> names = new ArrayList<>(List.of(reference.withDigest(digest)));
    if (reference.digest().isEmpty()) {
      names.add(reference);
    }
    enlist(image, names.toArray(ImageReference[]::new));
    progress.status("Digest: " + digest);
    boolean upToDate = before.map(there -> there.id().equals(id)).orElse(false);
    progress.status(
        (upToDate ? "Status: Image is up to date for " : DOWNLOADED) + reference.familiar());
    if (platform.isPresent() && !platform.get().accepts(image.platform())) {
      progress.status(
          "WARNING: " + platform.get().mismatch(reference.familiar(), image.platform()));
    }
    return image;
  }

  private Manifest single(Found found, Optional<Platform> platform) throws IOException {
    if (!found.manifest().isIndex()) {
      return found.manifest();
    }
    Platform wanted = platform.orElseGet(Platform::host);
    Descriptor chosen =
        found
            .manifest()
            .choose(wanted, platform.isPresent())
            .orElseThrow(() ->
                new EngineException.NotFound(
                    "no matching manifest for " + wanted + " in the manifest list entries"));
    Manifest manifest = found.repository().manifest(chosen.digest().toString());
    if (manifest.isIndex()) {
      throw new IOException("invalid manifest: an index in an index");
    }
    return manifest;
  }

  private JsonObject config(Manifest manifest, Repository repository) throws IOException {
    Descriptor config = manifest.config();
    if (config.size() > MAX_CONFIG) {
      throw new IOException("image configuration is larger than " + MAX_CONFIG + " bytes");
    }
    blobs.fetch(config, repository, bytes -> {}, () -> {});
    return document(content.text(config.digest()));
  }

  /** Reads an image's configuration. */
  static JsonObject document(String text) throws IOException {
    try (JsonReader reader = JsonBuilders.reader(new StringReader(text))) {
      JsonObject document = reader.readObject();
      if (document.get("rootfs") instanceof JsonObject) {
        return document;
      }
    } catch (JsonException | IllegalStateException e) {
      throw new IOException("invalid image configuration: no JSON object", e);
    }
    throw new IOException("invalid image configuration: it has no root file system");
  }

  private ImageRecord record(Digest id, JsonObject document, Manifest manifest) throws IOException {
    content.putText(manifest.text());
    Optional<ImageRecord> known = images.byId(id.toString());
    long size = ImageRecord.diffIds(document).stream().mapToLong(content::layerSize).sum();
    return known
        .map(there -> there.withManifest(manifest.digest()))
        .orElseGet(() ->
            new ImageRecord(
                id, document, Optional.of(manifest.digest()), "", size, Optional.empty()));
  }

  private void enlist(ImageRecord image, ImageReference... names) {
    images.exclusively(() -> {
      images.put(image);
      for (ImageReference name : names) {
        images.name(name, image.id(), false);
      }
      return image;
    });
  }

  /** No registry and no mirror answers. */
  private static final class NobodyThere extends Exception {
    private static final long serialVersionUID = 1L;

    private final IOException why;

    NobodyThere(IOException why) {
      super(why);
      this.why = why;
    }
  }
}
