package io.sockerless.backend.memory.fs;

import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A file's bytes in a file of the host, which is not there as long as it is empty; until the first
 * write they may be those of a layer.
 *
 * <p>It is read and written with RandomAccessFile, which, other than a channel, an interrupt of one
 * task does not close for the others.
 */
final class DiskContent implements Content {

  /** Told before the first write to a file of a layer. */
  @FunctionalInterface
  interface CopiedUp {
    void record() throws IOException;
  }

  private static final int BUFFER = 1 << 16;

  private final File path;
  private final Optional<LowerFile> below;
  private final Quota quota;
  private final CopiedUp copiedUp;
  private final ReentrantLock lock = new ReentrantLock();
  private final AtomicInteger users = new AtomicInteger();
  private Optional<RandomAccessFile> file = Optional.empty();
  private volatile boolean own;
  private volatile long size;

  /**
   * A file of a layer, or an empty new one.
   *
   * @param path the file of the host
   * @param copiedUp must call {@link #own} once it has taken note
   */
  DiskContent(File path, Optional<LowerFile> below, Quota quota, CopiedUp copiedUp) {
    this.path = path;
    this.below = below;
    this.quota = quota;
    this.copiedUp = copiedUp;
    this.own = below.isEmpty();
    this.size = below.map(LowerFile::size).orElse(0L);
  }

  /** Finds the host's file as an earlier server left it. */
  void restore() {
    size = path.length();
    quota.restore(size);
  }

  /** When the host's file was last written to, in milliseconds; 0 if it is not there. */
  long modified() {
    return path.lastModified();
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public boolean isOwn() {
    return own;
  }

  @Override
  public void own() {
    own = true;
  }

  @Override
  public int read(long position, byte[] bytes, int offset, int length) throws IOException {
    if (!own) {
      return readBelow(position, bytes, offset, length);
    }
    lock.lock();
    try {
      if (position >= size) {
        return -1;
      }
      int count = (int) Math.min(length, size - position);
      RandomAccessFile input = file();
      input.seek(position);
      input.readFully(bytes, offset, count);
      return count;
    } catch (IOException e) {
      throw HostErrors.translate(e);
    } finally {
      lock.unlock();
    }
  }

  private int readBelow(long position, byte[] bytes, int offset, int length) {
    LowerFile source = below.orElseThrow();
    if (position >= source.size()) {
      return -1;
    }
    int count = (int) Math.min(length, source.size() - position);
    source.read(position, bytes, offset, count);
    return count;
  }

  @Override
  public void write(long position, byte[] bytes, int offset, int length) throws IOException {
    Content.checkSize(position + length);
    lock.lock();
    try {
      put(position, bytes, offset, length);
    } catch (IOException e) {
      throw HostErrors.translate(e);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public long append(byte[] bytes, int offset, int length) throws IOException {
    lock.lock();
    try {
      put(size, bytes, offset, length);
      return size;
    } catch (IOException e) {
      throw HostErrors.translate(e);
    } finally {
      lock.unlock();
    }
  }

  private void put(long position, byte[] bytes, int offset, int length) throws IOException {
    if (length == 0) {
      return;
    }
    copyUp(size);
    long newSize = Math.max(size, position + length);
    quota.reserve(newSize - size);
    boolean written = false;
    try {
      RandomAccessFile output = file();
      output.seek(position);
      output.write(bytes, offset, length);
      written = true;
    } finally {
      if (!written) {
        quota.release(newSize - size);
      }
    }
    size = newSize;
  }

  @Override
  public void truncate(long newSize) throws IOException {
    Content.checkSize(newSize);
    lock.lock();
    try {
      if (newSize == size && own) {
        return;
      }
      copyUp(Math.min(newSize, size));
      quota.reserve(Math.max(0, newSize - size));
      if (newSize > 0 || path.exists()) {
        file().setLength(newSize);
      }
      quota.release(Math.max(0, size - newSize));
      size = newSize;
    } catch (IOException e) {
      throw HostErrors.translate(e);
    } finally {
      lock.unlock();
    }
  }

  /** Makes the content its own, as far as it is to be kept. */
  private void copyUp(long kept) throws IOException {
    if (own) {
      return;
    }
    long before = size;
    quota.reserve(kept);
    boolean copied = false;
    try {
      copyBelow(kept);
      size = kept;
      copiedUp.record();
      copied = true;
    } finally {
      if (!copied) {
        size = before;
        quota.release(kept);
        close();
        Files.deleteIfExists(path.toPath());
      }
    }
  }

  private void copyBelow(long kept) throws IOException {
    if (kept == 0) {
      return;
    }
    RandomAccessFile output = file();
    byte[] buffer = new byte[(int) Math.min(kept, BUFFER)];
    for (long done = 0; done < kept; ) {
      int count = (int) Math.min(buffer.length, kept - done);
      below.orElseThrow().read(done, buffer, 0, count);
      output.write(buffer, 0, count);
      done += count;
    }
  }

  private RandomAccessFile file() throws IOException {
    if (file.isEmpty()) {
      file = Optional.of(new RandomAccessFile(path, "rw"));
    }
    return file.get();
  }

  @Override
  public void use() {
    users.incrementAndGet();
  }

  @Override
  public void release() throws IOException {
    if (users.decrementAndGet() == 0) {
      lock.lock();
      try {
        if (users.get() == 0) {
          close();
        }
      } finally {
        lock.unlock();
      }
    }
  }

  private void close() throws IOException {
    if (file.isPresent()) {
      file.get().close();
      file = Optional.empty();
    }
  }

  @Override
  public void discard() throws IOException {
    lock.lock();
    try {
      close();
      if (own) {
        Files.deleteIfExists(path.toPath());
        quota.release(size);
        size = 0;
      }
    } finally {
      lock.unlock();
    }
  }
}
