package io.sockerless.backend.core.image;

import io.sockerless.backend.core.registry.Descriptor;
import io.sockerless.backend.core.registry.Digest;
import io.sockerless.backend.core.registry.Repository;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Brings an image's layers here: downloads some at a time, unpacks them in their order. */
final class LayerDownloads {

  private final ContentStore content;
  private final BlobDownload blobs;
  private final LayerWriter writer;

  LayerDownloads(ContentStore content) {
    this.content = content;
    this.blobs = new BlobDownload(content);
    this.writer = new LayerWriter(content);
  }

  /** One layer: the blob that it comes as, and what that is unpacked. */
  record Layer(Descriptor blob, Digest diffId) {
    String shortId() {
      return blob.digest().shortHex();
    }
  }

  /**
   * Blocks until all are here.
   *
   * @throws IOException if one cannot be had; what has come of the others stays for the next time
   */
  void fetch(List<Layer> layers, Repository repository, Progress progress) throws IOException {
    List<Layer> missing = announce(layers, progress);
    Parallel parallel = new Parallel();
    List<Parallel.Step> steps = new ArrayList<>();
    for (Layer layer : missing) {
      steps.add(() -> download(layer, repository, progress, parallel));
    }
    parallel.run(steps, i -> extract(missing.get(i), progress));
  }

  /** Whether there is nothing to fetch. */
  boolean areHere(List<Layer> layers) {
    return layers.stream().allMatch(this::isHere);
  }

  private boolean isHere(Layer layer) {
    return content.hasLayer(layer.diffId()) && content.hasBlob(layer.blob().digest());
  }

  private List<Layer> announce(List<Layer> layers, Progress progress) throws IOException {
    Map<Digest, Layer> missing = new LinkedHashMap<>();
    for (Layer layer : layers) {
      if (isHere(layer)) {
        progress.state(layer.shortId(), "Already exists");
      } else if (missing.putIfAbsent(layer.blob().digest(), layer) == null) {
        progress.state(layer.shortId(), "Pulling fs layer");
      }
    }
    List<Layer> all = List.copyOf(missing.values());
    for (Layer layer : all.subList(Math.min(Parallel.width(), all.size()), all.size())) {
      progress.state(layer.shortId(), "Waiting");
    }
    return all;
  }

  private void download(Layer layer, Repository repository, Progress progress, Parallel parallel)
      throws IOException {
    Ticker ticker = new Ticker(progress, layer.shortId(), "Downloading", layer.blob().size());
    blobs.fetch(
        layer.blob(),
        repository,
        current -> {
          parallel.check();
          ticker.reached(current);
        },
        () -> progress.state(layer.shortId(), "Verifying Checksum"));
    progress.state(layer.shortId(), "Download complete");
  }

  private void extract(Layer layer, Progress progress) throws IOException {
    if (!content.hasLayer(layer.diffId())) {
      Ticker ticker = new Ticker(progress, layer.shortId(), "Extracting", layer.blob().size());
      try (InputStream in =
          new Watched(
              Files.newInputStream(content.blob(layer.blob().digest())), 0, ticker::reached)) {
        writer.write(in, Optional.of(layer.diffId()));
      }
    }
    progress.state(layer.shortId(), "Pull complete");
  }
}
