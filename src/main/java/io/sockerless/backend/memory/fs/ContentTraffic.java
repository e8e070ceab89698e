package io.sockerless.backend.memory.fs;

import java.util.concurrent.atomic.LongAdder;

/** Counts what is read from and written to the regular files of a tree. */
public final class ContentTraffic {

  private final LongAdder read = new LongAdder();
  private final LongAdder written = new LongAdder();

  void read(int bytes) {
    read.add(Math.max(0, bytes));
  }

  void written(int bytes) {
    written.add(bytes);
  }

  /** Since the tree was opened. */
  public long bytesRead() {
    return read.sum();
  }

  /** Since the tree was opened. */
  public long bytesWritten() {
    return written.sum();
  }
}
