package io.sockerless.backend.core.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/**
 * What one container wrote, in files numbered upwards: written at the end of the last one, read
 * from any place by any number of readers at their own speed, who hold no memory for what they have
 * not read yet.
 *
 * <p>While it is open, a run of the container may write to it, and readers that follow it wait for
 * more.
 */
public final class LogFile implements AutoCloseable {

  private final Path folder;
  private final LogOptions options;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private FileChannel file;
  private long last;
  private long length;
  private boolean open = true;

  private LogFile(Path folder, LogOptions options, long last, FileChannel file, long length) {
    this.folder = folder;
    this.options = options;
    this.last = last;
    this.file = file;
    this.length = length;
  }

  /**
   * Opens the log to write behind what is there. A record that a killed server left half-written is
   * cut off.
   *
   * @param folder the log's own; made if it is not there
   */
  public static LogFile open(Path folder, LogOptions options) throws IOException {
    Files.createDirectories(folder);
    long last = lastSegment(folder).orElse(0);
    FileChannel file = append(folder, last);
    long length = LogSegment.wholeLength(file);
    file.truncate(length).position(length);
    return new LogFile(folder, options, last, file, length);
  }

  private static FileChannel append(Path folder, long segment) throws IOException {
    return FileChannel.open(
        path(folder, segment),
        StandardOpenOption.CREATE,
        StandardOpenOption.READ,
        StandardOpenOption.WRITE);
  }

  static Path path(Path folder, long segment) {
    return folder.resolve(Long.toString(segment));
  }

  /** The number of the newest file, none if nothing was ever written. */
  static OptionalLong lastSegment(Path folder) throws IOException {
    return segments(folder).stream().mapToLong(Long::longValue).max();
  }

  /** The numbers of the files that are there, upwards. */
  static List<Long> segments(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> Long.valueOf(file.getFileName().toString())).sorted().toList();
    } catch (NoSuchFileException e) {
      return List.of();
    }
  }

  /** Writes records behind the last one; they are in the file when this returns. */
  void append(List<LogRecord> records) throws IOException {
    lock.lock();
    try {
      ByteBuffer buffer = ByteBuffer.allocate(records.stream().mapToInt(LogRecord::size).sum());
      records.forEach(record -> record.encode(buffer));
      buffer.flip();
      length += buffer.remaining();
      while (buffer.hasRemaining()) {
        file.write(buffer);
      }
      if (options.maxSize() > 0 && length >= options.maxSize()) {
        rotate();
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void rotate() throws IOException {
    file.close();
    last++;
    length = 0;
    file = append(folder, last);
    for (long segment : segments(folder)) {
      if (segment <= last - options.maxFiles()) {
        Files.deleteIfExists(path(folder, segment));
      }
    }
  }

  /** A place between two records. */
  record Position(long segment, long offset) {}

  /** The end at this moment. */
  Position end() {
    lock.lock();
    try {
      return new Position(last, length);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until there is more behind a place.
   *
   * @return whether it is worth to read on: false once the log is closed with nothing behind, the
   *     reader has been stopped, or the time is up
   */
  boolean awaitBehind(Position read, Reader reader, Duration time) throws IOException {
    lock.lock();
    try {
      long nanos = time.toNanos();
      while (last == read.segment() && length <= read.offset()) {
        if (!open || reader.isStopped() || nanos <= 0) {
          return false;
        }
        nanos = changed.awaitNanos(nanos);
      }
      return !reader.isStopped();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } finally {
      lock.unlock();
    }
  }

  /** Whoever waits in {@link #awaitBehind}. */
  interface Reader {
    /** Whether it is to return. */
    boolean isStopped();
  }

  /** Wakes readers that wait, for they may have been stopped. */
  void wake() {
    lock.lock();
    try {
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Where the log's files are. */
  Path folder() {
    return folder;
  }

  /** The longest that a follower waits in one go. */
  static final Duration FOREVER = Duration.ofNanos(TimeUnit.DAYS.toNanos(365));

  /** The run has ended, and all is written: readers that follow end behind the last record. */
  @Override
  public void close() throws IOException {
    lock.lock();
    try {
      open = false;
      file.close();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
