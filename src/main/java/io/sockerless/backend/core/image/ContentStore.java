package io.sockerless.backend.core.image;

import io.sockerless.backend.core.registry.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/**
 * Content on disk by its digest: blobs as they came, and layers as uncompressed tar files by their
 * diff ids. A file is whole and checked before it gets its name; what is written has names of its
 * own in another folder. What nobody refers to goes when no {@link Session} is open.
 */
public final class ContentStore {

  private static final Duration PARTS_KEPT = Duration.ofDays(1);

  private final Path blobs;
  private final Path layers;
  private final Path partial;
  private final Map<Digest, Long> sizes = new ConcurrentHashMap<>();
  private final ReentrantLock lock = new ReentrantLock();
  private int sessions;
  private Runnable postponed = () -> {};

  /** Keeps everything in one folder. */
  public ContentStore(Path folder) {
    blobs = folder.resolve("blobs");
    layers = folder.resolve("layers");
    partial = folder.resolve("partial");
    try {
      for (Path part : new Path[] {blobs, layers, partial}) {
        Files.createDirectories(part);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether there is such a blob. */
  boolean hasBlob(Digest digest) {
    return Files.exists(blob(digest));
  }

  /** A blob's file; a layer that came uncompressed is kept once. */
  Path blob(Digest digest) {
    Path path = file(blobs, digest);
    return Files.exists(path) || !hasLayer(digest) ? path : layer(digest);
  }

  /** Whether there is such a layer. */
  boolean hasLayer(Digest diffId) {
    return Files.exists(layer(diffId));
  }

  /** A layer's tar file. */
  Path layer(Digest diffId) {
    return file(layers, diffId);
  }

  /** The bytes of what is in a layer, as dockerd counts them; 0 if it is not there. */
  long layerSize(Digest diffId) {
    return hasLayer(diffId) ? sizes.computeIfAbsent(diffId, this::measured) : 0;
  }

  private long measured(Digest diffId) {
    try {
      return TarCheck.check(layer(diffId));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The bytes of a layer's tar file, 0 if it is not there. */
  long tarSize(Digest diffId) {
    try {
      return Files.size(layer(diffId));
    } catch (NoSuchFileException e) {
      return 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path file(Path folder, Digest digest) {
    return folder.resolve(digest.algorithm() + "-" + digest.hex());
  }

  /** Reads a small blob, such as a configuration. */
  String text(Digest digest) {
    try {
      return Files.readString(blob(digest));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Stores a text under its SHA-256 digest. */
  Digest putText(String text) throws IOException {
    Digest digest = Digest.sha256(text);
    if (!hasBlob(digest)) {
      Path file = fresh();
      try {
        Files.write(file, text.getBytes(StandardCharsets.UTF_8));
        name(file, file(blobs, digest));
      } finally {
        Files.deleteIfExists(file);
      }
    }
    return digest;
  }

  /** A new file to write to; whoever gets it deletes it or has it named. */
  Path fresh() throws IOException {
    return Files.createTempFile(partial, "new-", "");
  }

  /** Where the part of a blob is kept that has come, across attempts and restarts. */
  Path part(Digest digest) {
    return file(partial, digest);
  }

  /**
   * Makes a file the blob of that digest.
   *
   * @throws IOException if its content is another; the file is gone then
   */
  void putBlob(Path file, Digest digest) throws IOException {
    MessageDigest hash = digest.newHash();
    try (InputStream in = Files.newInputStream(file)) {
      Streams.copy(in, OutputStream.nullOutputStream(), hash::update);
    }
    if (!digest.matches(hash)) {
      Files.deleteIfExists(file);
      throw new IOException("filesystem layer verification failed for digest " + digest);
    }
    name(file, file(blobs, digest));
  }

  /**
   * Makes a file that has just been checked the layer of that diff id.
   *
   * @param size of what is in it, as the check found
   */
  void putLayer(Path file, Digest diffId, long size) throws IOException {
    name(file, file(layers, diffId));
    sizes.put(diffId, size);
    // A layer that came uncompressed is its own blob.
    Files.deleteIfExists(file(blobs, diffId));
  }

  private static void name(Path file, Path target) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.force(false);
    }
    Files.move(file, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Keeps everything from being collected until it is closed: content comes before its image. */
  Session open() {
    lock.lock();
    try {
      sessions++;
      return new Session();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Removes what is not to be kept, now or when the last session closes.
   *
   * @param run calls {@link #sweep} with what is kept at that moment
   */
  void collect(Runnable run) {
    lock.lock();
    try {
      if (sessions > 0) {
        postponed = run;
        return;
      }
      run.run();
    } finally {
      lock.unlock();
    }
  }

  /** Removes the blobs and layers that are not to be kept; answers how many bytes that freed. */
  long sweep(Predicate<Digest> keepBlob, Predicate<Digest> keepLayer) {
    return sweep(blobs, keepBlob) + sweep(layers, digest -> keepLayer.test(digest));
  }

  /** Removes what was being written when the process died, but for parts that may be resumed. */
  void forgetUnfinished() {
    Instant old = Instant.now().minus(PARTS_KEPT);
    sweep(partial, digest -> modified(part(digest)).isAfter(old));
  }

  private static Instant modified(Path file) {
    try {
      return Files.getLastModifiedTime(file).toInstant();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long sweep(Path folder, Predicate<Digest> keep) {
    long freed = 0;
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        boolean kept =
            Digest.parse(file.getFileName().toString().replaceFirst("-", ":"))
                .filter(keep)
                .isPresent();
        if (!kept) {
          freed += Files.size(file);
          Files.deleteIfExists(file);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return freed;
  }

  private void closed() {
    lock.lock();
    try {
      sessions--;
      if (sessions == 0) {
        Runnable due = postponed;
        postponed = () -> {};
        due.run();
      }
    } finally {
      lock.unlock();
    }
  }

  /** A time in which nothing is collected. */
  final class Session implements AutoCloseable {
    private Session() {}

    @Override
    public void close() {
      closed();
    }
  }
}
