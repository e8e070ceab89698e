package io.sockerless.backend.core.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
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

  private final Path folder;
  private final MVStore file;

  private Store(Path folder, MVStore file) {
    this.folder = folder;
    this.file = file;
  }

  /**
   * Opens the folder, and makes it if it is not there.
   *
   * @throws IllegalStateException if another server uses it
   */
  public static Store open(Path folder) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Path path = folder.resolve("sockerless.db");
    try {
      MVStore file =
          new MVStore.Builder().fileName(path.toString()).autoCommitDisabled().cacheSize(16).open();
      return new Store(folder, file);
    } catch (MVStoreException e) {
      if (e.getErrorCode() == org.h2.mvstore.DataUtils.ERROR_FILE_LOCKED) {
        throw new IllegalStateException("another server uses the data folder " + folder, e);
      }
      throw e;
    }
  }

  /** The table of that name; there is always one. */
  public Table table(String name) {
    return new Table(file, file.openMap(name));
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
    file.close();
  }
}
