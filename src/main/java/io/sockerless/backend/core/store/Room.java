package io.sockerless.backend.core.store;

import io.sockerless.engine.EngineException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileStore;

/**
 * What is left on the disk of the data folder. The file of tables gives itself up for good once a
 * write to it fails; so nothing is written where it might, and a disk that is full for a while
 * costs the changes of that while.
 *
 * @param disk that the file is on
 */
record Room(FileStore disk) {

  private static final long FOR_CHANGES = 1 << 20;

  /** Removing is what makes room: it may go on for longer. */
  private static final long FOR_REMOVALS = 128 << 10;

  /** A compaction writes anew before it frees. */
  private static final long FOR_COMPACTION = 4 << 20;

  /**
   * Looks before a document is put.
   *
   * @throws EngineException.Failure if there is no room
   */
  void forChange() {
    check(FOR_CHANGES);
  }

  /**
   * Looks before a document is removed.
   *
   * @throws EngineException.Failure if there is no room
   */
  void forRemoval() {
    check(FOR_REMOVALS);
  }

  /** Whether there is enough to tidy up. */
  boolean forCompaction() {
    return left() >= FOR_COMPACTION;
  }

  private void check(long least) {
    if (left() < least) {
      throw new EngineException.Failure(500, "no space left on device: the data folder is full");
    }
  }

  private long left() {
    try {
      return disk.getUsableSpace();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
