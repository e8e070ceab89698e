package io.sockerless.backend.memory.fs;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;

/** How many bytes a tree may hold, and who is told of each growth. */
final class Quota {

  private final long limit;
  private final LongConsumer account;
  private final AtomicLong used = new AtomicLong();

  /**
   * Nothing is used yet.
   *
   * @param limit in bytes, 0 for none
   * @param account gets each growth, and each shrinking as a negative number
   */
  Quota(long limit, LongConsumer account) {
    this.limit = limit;
    this.account = account;
  }

  /** Takes bytes before they are used; {@link Errno#ENOSPC} if there are not so many. */
  void reserve(long bytes) throws IOException {
    if (used.addAndGet(bytes) > limit && limit > 0) {
      used.addAndGet(-bytes);
      throw Errno.ENOSPC.exception();
    }
    boolean accepted = false;
    try {
      account.accept(bytes);
      accepted = true;
    } finally {
      if (!accepted) {
        used.addAndGet(-bytes);
      }
    }
  }

  /** Takes note of bytes that are used since long, whatever the limit is now. */
  void restore(long bytes) {
    used.addAndGet(bytes);
  }

  /** Gives bytes back. */
  void release(long bytes) {
    if (bytes != 0) {
      used.addAndGet(-bytes);
      account.accept(-bytes);
    }
  }

  /** Gives all of them back. */
  void releaseAll() {
    release(used.get());
  }

  /** As a tree tells it. */
  FileTree.Usage usage(long files, long maxFiles) {
    long free = limit == 0 ? 0 : Math.max(0, limit - used.get());
    return new FileTree.Usage(limit, free, files, Math.max(0, maxFiles - files));
  }
}
