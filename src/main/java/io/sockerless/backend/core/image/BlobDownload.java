package io.sockerless.backend.core.image;

import io.sockerless.archive.SparingOutput;
import io.sockerless.backend.core.registry.Descriptor;
import io.sockerless.backend.core.registry.Digest;
import io.sockerless.backend.core.registry.RegistryException;
import io.sockerless.backend.core.registry.Repository;
import io.sockerless.backend.core.registry.UnreachableException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Brings one blob into the store. A connection that breaks off is made again and goes on from where
 * it broke, after a restart too; two that want the same blob download it once.
 */
final class BlobDownload {

  private static final int FRUITLESS_ATTEMPTS = 5;

  private final ContentStore content;
  private final ConcurrentHashMap<Digest, ReentrantLock> running = new ConcurrentHashMap<>();

  BlobDownload(ContentStore content) {
    this.content = content;
  }

  /** Sees how many bytes there are. */
  @FunctionalInterface
  interface Meter {
    void reached(long bytes) throws IOException;
  }

  /** Something to be told. */
  @FunctionalInterface
  interface Signal {
    void send() throws IOException;
  }

  /**
   * Blocks until the blob is here and has been checked.
   *
   * @param checking told before the check
   * @throws IOException if the registry has it not, or other content under its digest
   */
  void fetch(Descriptor blob, Repository repository, Meter meter, Signal checking)
      throws IOException {
    ReentrantLock lock = running.computeIfAbsent(blob.digest(), digest -> new ReentrantLock());
    lock.lock();
    try {
      if (content.hasBlob(blob.digest())) {
        return;
      }
      Path part = content.part(blob.digest());
      boolean resumed = Files.exists(part);
      download(blob, repository, part, meter);
      checking.send();
      try {
        content.putBlob(part, blob.digest());
      } catch (IOException e) {
        if (!resumed) {
          throw e;
        }
        // What an earlier attempt left was wrong, perhaps.
        download(blob, repository, part, meter);
        content.putBlob(part, blob.digest());
      }
    } finally {
      lock.unlock();
      running.remove(blob.digest(), lock);
    }
  }

  private void download(Descriptor blob, Repository repository, Path part, Meter meter)
      throws IOException {
    int fruitless = 0;
    long before = size(part);
    while (true) {
      try {
        attempt(blob, repository, part, meter);
        if (size(part) == blob.size()) {
          return;
        }
        throw new IOException("unexpected EOF");
      } catch (Unacceptable e) {
        Files.deleteIfExists(part);
        throw e;
      } catch (Unwanted | RegistryException | UnreachableException e) {
        throw e;
      } catch (IOException e) {
        long now = size(part);
        fruitless = now > before ? 0 : fruitless + 1;
        before = now;
        if (fruitless >= FRUITLESS_ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  private void attempt(Descriptor blob, Repository repository, Path part, Meter meter)
      throws IOException {
    long have = size(part);
    if (have == blob.size() && have > 0) {
      return;
    }
    try (Repository.Blob answer = repository.blob(blob.digest(), have > blob.size() ? 0 : have);
        FileChannel file =
            FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      file.truncate(answer.offset());
      file.position(answer.offset());
      OutputStream out = SparingOutput.over(Channels.newOutputStream(file), part);
      long[] total = {answer.offset()};
      Streams.copy(
          answer.stream(),
          out,
          (bytes, offset, length) -> {
            total[0] += length;
            if (total[0] > blob.size()) {
              throw new Unacceptable(
                  "blob " + blob.digest() + " is larger than " + blob.size() + " bytes");
            }
            watch(meter, total[0]);
          });
    }
  }

  /** What the meter throws is no fault of the connection. */
  private static void watch(Meter meter, long total) throws IOException {
    try {
      meter.reached(total);
    } catch (IOException e) {
      throw new Unwanted(e);
    }
  }

  private static long size(Path part) throws IOException {
    return Files.exists(part) ? Files.size(part) : 0;
  }

  /** The registry sends what was not asked for: to ask again is of no use. */
  private static final class Unacceptable extends IOException {
    private static final long serialVersionUID = 1L;

    Unacceptable(String message) {
      super(message);
    }
  }

  /** Nobody waits for the blob any more. */
  private static final class Unwanted extends IOException {
    private static final long serialVersionUID = 1L;

    Unwanted(IOException cause) {
      super(cause.getMessage(), cause);
    }
  }
}
