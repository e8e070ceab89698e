package io.sockerless.backend.core.image;

import io.sockerless.backend.core.registry.Descriptor;
import io.sockerless.backend.core.registry.Digest;
import io.sockerless.backend.core.registry.Repository;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;

/** Brings an image's layers here: downloads some at a time, unpacks them in their order. */
final class LayerDownloads {

  private static final int AT_A_TIME = 3;

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
    AtomicBoolean stop = new AtomicBoolean();
    Semaphore turns = new Semaphore(AT_A_TIME);
    List<Future<?>> downloads = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      try {
        for (Layer layer : missing) {
          downloads.add(
              threads.submit(() -> {
                download(layer, repository, progress, turns, stop);
                return layer;
              }));
        }
        for (int i = 0; i < missing.size(); i++) {
          await(downloads.get(i));
          extract(missing.get(i), progress);
        }
      } finally {
        stop.set(true);
      }
    }
  }

  private List<Layer> announce(List<Layer> layers, Progress progress) throws IOException {
    Map<Digest, Layer> missing = new LinkedHashMap<>();
    for (Layer layer : layers) {
      if (content.hasLayer(layer.diffId()) && content.hasBlob(layer.blob().digest())) {
        progress.state(layer.shortId(), "Already exists");
      } else if (missing.putIfAbsent(layer.blob().digest(), layer) == null) {
        progress.state(layer.shortId(), "Pulling fs layer");
      }
    }
    List<Layer> all = List.copyOf(missing.values());
    for (Layer layer : all.subList(Math.min(AT_A_TIME, all.size()), all.size())) {
      progress.state(layer.shortId(), "Waiting");
    }
    return all;
  }

  private void download(
      Layer layer, Repository repository, Progress progress, Semaphore turns, AtomicBoolean stop)
      throws IOException, InterruptedException {
    turns.acquire();
    try {
      Ticker ticker = new Ticker(progress, layer.shortId(), "Downloading", layer.blob().size());
      blobs.fetch(
          layer.blob(),
          repository,
          current -> {
            if (stop.get()) {
              throw new InterruptedIOException("another layer failed");
            }
            ticker.reached(current);
          },
          () -> progress.state(layer.shortId(), "Verifying Checksum"));
      progress.state(layer.shortId(), "Download complete");
    } finally {
      turns.release();
    }
  }

  private void extract(Layer layer, Progress progress) throws IOException {
    if (!content.hasLayer(layer.diffId())) {
      Ticker ticker = new Ticker(progress, layer.shortId(), "Extracting", layer.blob().size());
      try (InputStream in =
          new Watched(Files.newInputStream(content.blob(layer.blob().digest())), ticker)) {
        writer.write(in, Optional.of(layer.diffId()));
      }
    }
    progress.state(layer.shortId(), "Pull complete");
  }

  private static void await(Future<?> download) throws IOException {
    try {
      download.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException();
    }
  }

  /** Tells how much of a stream has been read. */
  private static final class Watched extends FilterInputStream {
    private final Ticker ticker;
    private long total;

    Watched(InputStream in, Ticker ticker) {
      super(in);
      this.ticker = ticker;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      int count = super.read(target, offset, length);
      if (count > 0) {
        total += count;
        ticker.reached(total);
      }
      return count;
    }
  }
}
