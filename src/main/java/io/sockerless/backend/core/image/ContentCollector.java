package io.sockerless.backend.core.image;

import io.sockerless.backend.core.container.ImageSource.Image;
import io.sockerless.backend.core.registry.Descriptor;
import io.sockerless.backend.core.registry.Digest;
import io.sockerless.backend.core.registry.Manifest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.HashSet;
import java.util.Set;

/** Removes content that no image and no container needs. */
final class ContentCollector {

  private static final Logger LOG = System.getLogger(ContentCollector.class.getName());

  private final ContentStore content;
  private final ImageStore images;
  private final ImageHolds holds;

  ContentCollector(ContentStore content, ImageStore images, ImageHolds holds) {
    this.content = content;
    this.images = images;
    this.holds = holds;
  }

  /** Collects now, or when whatever brings content is done. */
  void collect() {
    content.collect(this::run);
  }

  private void run() {
    Set<Digest> blobs = new HashSet<>();
    Set<Digest> layers = new HashSet<>();
    for (ImageRecord image : images.all()) {
      blobs.add(image.id());
      layers.addAll(image.diffIds());
      image.manifest().ifPresent(manifest -> addManifest(manifest, blobs));
    }
    for (Image image : holds.remaining()) {
      layers.addAll(ImageRecord.diffIds(image.document()));
    }
    long freed = content.sweep(blobs::contains, layers::contains);
    if (freed > 0) {
      LOG.log(Level.INFO, "content: {0} bytes that nothing needs are gone", freed);
    }
  }

  private void addManifest(Digest digest, Set<Digest> blobs) {
    blobs.add(digest);
    if (!content.hasBlob(digest)) {
      return;
    }
    try {
      Manifest manifest = Manifest.parse("", content.text(digest));
      blobs.add(manifest.config().digest());
      manifest.layers().stream().map(Descriptor::digest).forEach(blobs::add);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
