package io.sockerless.backend.core.store;

import io.sockerless.engine.EngineException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;

/**
 * The data folder of one server: its metadata in one file of tables, and the folders of whatever is
 * too large for one.
 *
 * <p>What a {@link Table} has acknowledged is written to the file and survives the death of the
 * process; a loss of power may take what the operating system had not written yet.
 */
public final class Store implements AutoCloseable {

  private static final Logger LOG = System.getLogger(Store.class.getName());

  /** What a power failure may undo is kept this long: the operating system has written it then. */
  private static final Duration RETENTION = Duration.ofSeconds(45);

  private static final Duration COMPACTION = Duration.ofSeconds(1);

  /** In percent: with less of it in use, the file's sparsest parts are written anew. */
  private static final int FILL_RATE = 50;

  /** In bytes, about: changes wait meanwhile, for some milliseconds. */
  private static final int COMPACTION_SIZE = 1 << 20;

  /**
   * In bytes: a change writes the page that it is in, which is to be little more than a document.
   */
  private static final int PAGE_SIZE = 4096;

  private static final int CACHE_MEGABYTES = 16;

  private final Path folder;
  private final MVStore file;
  private final Room room;

  /** Changes that belong together exclude whatever else would write half of them. */
  private final ReadWriteLock commits = new ReentrantReadWriteLock();

  private final ScheduledExecutorService compaction =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("store compaction").factory());

  private Store(Path folder, MVStore file, Room room, Duration pause) {
    this.folder = folder;
    this.file = file;
    this.room = room;
    Future<?> _ =
        compaction.scheduleWithFixedDelay(
            this::compact, pause.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** A compaction that fails is tried again next time: the schedule would end with an exception. */
  private void compact() {
    try {
      if (room.forCompaction()) {
        locked(commits.readLock(), () -> file.compact(FILL_RATE, COMPACTION_SIZE));
      }
    } catch (RuntimeException e) {
      if (!file.isClosed()) {
        LOG.log(Level.WARNING, "data folder {0}: compaction failed: {1}", folder, e);
      }
    }
  }

  /**
   * Opens the folder, and makes it if it is not there.
   *
   * @throws IllegalStateException if another server uses it
   */
  public static Store open(Path folder) {
    return open(folder, RETENTION, COMPACTION);
  }

  static Store open(Path folder, Duration retention, Duration pause) {
    Room room;
    try {
      room = new Room(Files.getFileStore(Files.createDirectories(folder)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Path path = folder.resolve("sockerless.db");
    try {
      MVStore file =
          new MVStore.Builder()
              .fileName(SteadyPath.nameOf(path))
              .autoCommitDisabled()
              .pageSplitSize(PAGE_SIZE)
              .cacheSize(CACHE_MEGABYTES)
              .open();
      file.setRetentionTime((int) retention.toMillis());
      return new Store(folder, file, room, pause);
    } catch (MVStoreException e) {
      if (e.getErrorCode() == org.h2.mvstore.DataUtils.ERROR_FILE_LOCKED) {
        throw new IllegalStateException("another server uses the data folder " + folder, e);
      }
      throw e;
    }
  }

  /** The table of that name; there is always one. */
  public Table table(String name) {
    MVMap.Builder<String, byte[]> documents =
        new MVMap.Builder<String, byte[]>().valueType(StoredBytes.TYPE);
    return new Table(this, file.openMap(name, documents));
  }

  /** Changes of several documents as one. */
  public Changes changes() {
    return new Changes(this);
  }

  /**
   * Makes changes, all or none of which a server that is killed has made.
   *
   * @throws EngineException.Failure if the disk has no room for them
   */
  void commit(List<Table.Edit> edits) {
    for (Table.Edit edit : edits) {
      if (edit.makesRoom()) {
        room.forRemoval();
      } else {
        room.forChange();
      }
    }
    Lock lock = edits.size() == 1 ? commits.readLock() : commits.writeLock();
    use(() -> locked(lock, () -> commitNow(edits)));
  }

  private boolean commitNow(List<Table.Edit> edits) {
    boolean changed = false;
    for (Table.Edit edit : edits) {
      changed |= edit.run().getAsBoolean();
    }
    if (changed) {
      file.commit();
    }
    return changed;
  }

  private static <T> T locked(Lock lock, Supplier<T> action) {
    lock.lock();
    try {
      return action.get();
    } finally {
      lock.unlock();
    }
  }

  /** Who comes after the end of the server is told so. */
  <T> T use(Supplier<T> action) {
    try {
      return action.get();
    } catch (MVStoreException e) {
      throw file.isClosed() ? new EngineException.Unavailable("the server is stopping") : e;
    }
  }

  /** A folder of that name in the data folder, made if it is not there. */
  public Path folder(String name) {
    try {
      return Files.createDirectories(folder.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    compaction.close();
    file.close();
  }
}
