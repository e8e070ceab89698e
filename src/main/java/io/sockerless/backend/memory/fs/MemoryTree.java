package io.sockerless.backend.memory.fs;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;

/** A tree in memory, gone when it is closed: a tmpfs. */
public final class MemoryTree extends InodeTree {

  /** About what a node without content takes, so that many empty files are no free memory. */
  private static final long NODE_SIZE = 256;

  private static final long MAX_NODES = 1_000_000;

  /** What a tmpfs may hold that nobody limits: half of what there is, as a kernel has it. */
  private static final long HALF = Runtime.getRuntime().maxMemory() / 2;

  private static final String TMPFS = "tmpfs";

  private final String type;
  private final long limit;
  private final Quota quota;
  private final LongConsumer account;
  private final AtomicLong nodes = new AtomicLong();

  /**
   * An empty tree that belongs to root, without a limit of its own, devices, or anybody who counts
   * its bytes.
   *
   * @param mode of its root
   */
  public MemoryTree(int mode) {
    this(mode, 0, DeviceOpener.NONE, bytes -> {});
  }

  /**
   * An empty tree that belongs to root.
   *
   * @param mode of its root
   * @param limit for what its files hold, in bytes, 0 for half of this JVM's memory
   * @param account gets each growth in bytes, before it happens, and each shrinking as a negative
   *     number; what it throws undoes the growth
   */
  public MemoryTree(int mode, long limit, DeviceOpener devices, LongConsumer account) {
    this(TMPFS, mode, limit, devices, account);
  }

  /**
   * An empty tree of another kind, of which nobody can tell that it is memory like any other; it
   * has no limit unless one is given.
   *
   * @param type as {@code mount} shows it, such as {@code devpts}
   */
  public MemoryTree(String type, int mode, long limit, DeviceOpener devices, LongConsumer account) {
    super(LowerTree.empty(Attributes.of(NewNode.directory(mode, 0, 0), Instant.now())), devices);
    this.type = type;
    this.limit = limit;
    this.quota = new Quota(limit == 0 && type.equals(TMPFS) ? HALF : limit, account);
    this.account = account;
  }

  @Override
  public String type() {
    return type;
  }

  /** In bytes, what was asked for; 0 if nothing was. */
  long limit() {
    return limit;
  }

  @Override
  public Usage usage() {
    return quota.usage(nodes.get() + 1, MAX_NODES);
  }

  @Override
  Content content(long number, Optional<LowerFile> below) {
    return new MemoryContent(quota);
  }

  @Override
  void record(List<Change> changes) {}

  @Override
  void admit() throws IOException {
    if (nodes.incrementAndGet() > MAX_NODES) {
      nodes.decrementAndGet();
      throw Errno.ENOSPC.exception();
    }
    boolean accepted = false;
    try {
      account.accept(NODE_SIZE);
      accepted = true;
    } finally {
      if (!accepted) {
        nodes.decrementAndGet();
      }
    }
  }

  @Override
  void dismiss() {
    nodes.decrementAndGet();
    account.accept(-NODE_SIZE);
  }

  @Override
  public void close() {
    quota.releaseAll();
    account.accept(-NODE_SIZE * nodes.getAndSet(0));
  }
}
