package io.sockerless.audit;

import io.sockerless.engine.EngineException;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * Writes lines in the order in which they come, by a thread of its own, as many at a time as have
 * come while the disk was busy. Whoever begins something reserves the room for its lines first, so
 * that handing them over never blocks and none is lost; where no room is left, or the last write
 * has failed, nothing new begins.
 */
public final class AuditLog implements Closeable {

  /** Lines that are reserved or wait to be written, at most. */
  static final int CAPACITY = 100_000;

  private static final Logger LOG = System.getLogger(AuditLog.class.getName());
  private static final int BATCH = 1_000;
  private static final long RETRY_MILLIS = 500;

  /**
   * How long lines are gathered for one write: a disk that syncs each would slow down everybody.
   */
  private static final long GATHER_MILLIS = 100;

  private static final long CLOSE_SECONDS = 5;

  private final Semaphore room = new Semaphore(CAPACITY);
  private final LinkedBlockingQueue<Supplier<String>> lines = new LinkedBlockingQueue<>();
  private final AtomicLong lost = new AtomicLong();
  private final RotatedFile file;
  private final Path path;
  private final boolean refuses;
  private final Thread writer;
  private volatile boolean failing;
  private volatile boolean closing;

  private AuditLog(Path path, RotatedFile file, boolean refuses) {
    this.path = path;
    this.file = file;
    this.refuses = refuses;
    this.writer = Thread.ofPlatform().daemon().name("audit").unstarted(this::write);
  }

  /**
   * Opens the file.
   *
   * @throws IllegalArgumentException if it cannot be written: a server that is to record must not
   *     start without
   */
  public static AuditLog open(Path path, AuditConfig config) {
    try {
      RotatedFile file = new RotatedFile(path, config.fileBytes(), config.files());
      AuditLog log = new AuditLog(path, file, config.refuses());
      log.writer.start();
      LOG.log(Level.INFO, "audit: to {0}", path);
      return log;
    } catch (IOException | UncheckedIOException e) {
      throw new IllegalArgumentException(
          AuditConfig.FILE + ": " + path + " cannot be written: " + e, e);
    }
  }

  /**
   * Reserves room for lines; false if they will be lost, which is so only if the settings prefer
   * that.
   *
   * @throws EngineException.Unavailable if nothing can be recorded now
   */
  boolean reserve(int count) {
    if (!failing && room.tryAcquire(count)) {
      return true;
    }
    if (refuses) {
      throw new EngineException.Unavailable(
          "the audit cannot be written, and nobody is let in unrecorded");
    }
    lost.addAndGet(count);
    return false;
  }

  /** Hands over a line that has been reserved, without its end; it is made when it is written. */
  void add(Supplier<String> line) {
    lines.add(line);
  }

  /** Gives up room that is not needed after all. */
  void giveBack(int count) {
    room.release(count);
  }

  private void write() {
    List<Supplier<String>> batch = new ArrayList<>();
    while (!(closing && lines.isEmpty())) {
      try {
        Supplier<String> first = lines.poll(RETRY_MILLIS, TimeUnit.MILLISECONDS);
        if (first != null) {
          if (!closing && lines.size() < BATCH) {
            TimeUnit.MILLISECONDS.sleep(GATHER_MILLIS);
          }
          batch.add(first);
          lines.drainTo(batch, BATCH - 1);
          append(batch);
        }
      } catch (InterruptedException e) {
        break;
      }
      batch.clear();
    }
  }

  /** Tries until it succeeds: a line that was promised is not thrown away. */
  private void append(List<Supplier<String>> batch) throws InterruptedException {
    byte[] bytes = bytes(batch);
    while (true) {
      try {
        file.append(bytes);
        room.release(batch.size());
        if (failing) {
          failing = false;
          LOG.log(Level.INFO, "audit: {0} is written again", path);
        }
        return;
      } catch (IOException e) {
        if (!failing) {
          failing = true;
          LOG.log(
              Level.ERROR,
              "audit: {0} cannot be written, {1}: {2}",
              path,
              refuses ? "nobody is let in" : "nothing is recorded",
              e.toString());
        }
        TimeUnit.MILLISECONDS.sleep(RETRY_MILLIS);
      }
    }
  }

  private byte[] bytes(List<Supplier<String>> batch) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(512 * batch.size());
    long gone = lost.getAndSet(0);
    if (gone > 0) {
      bytes.writeBytes(("{\"lost\":" + gone + "}\n").getBytes(StandardCharsets.UTF_8));
    }
    for (Supplier<String> line : batch) {
      bytes.writeBytes((line.get() + "\n").getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }

  /** Writes what is there, for a few seconds at most. */
  @Override
  public void close() throws IOException {
    closing = true;
    try {
      if (!writer.join(Duration.ofSeconds(CLOSE_SECONDS))) {
        LOG.log(Level.ERROR, "audit: the last lines could not be written to {0}", path);
        writer.interrupt();
        writer.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    file.close();
  }
}
