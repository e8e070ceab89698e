package io.sockerless.backend.memory.fs;

import io.sockerless.backend.memory.fs.Change.OfName;
import io.sockerless.backend.memory.fs.Change.OfNode;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A tree whose changes survive the server: attributes and names in a journal, content in files of
 * the host that are named by their nodes' numbers.
 */
abstract class DurableTree extends InodeTree {

  private static final long MAX_NODES = 2_000_000;

  /** Below that size a journal is never compacted. */
  private static final long SMALL = 1 << 18;

  /** What a node and its name take in a journal. */
  private static final long ABOUT_A_NODE = 150;

  private final File files;
  private final Journal journal;
  private final Quota quota;
  private final AtomicLong nodes = new AtomicLong();
  private long compacted;

  /**
   * Takes up what the folder has.
   *
   * @param limit for what its files hold, in bytes, 0 for none
   */
  DurableTree(LowerTree lower, Path folder, long limit, DeviceOpener devices) throws IOException {
    super(lower, devices);
    this.quota = new Quota(limit, bytes -> {});
    this.files = Files.createDirectories(folder.resolve("files")).toFile();
    this.journal = new Journal(folder.resolve("journal"), lower.size());
    journal.replay(table()::apply);
    restore();
    this.compacted = ABOUT_A_NODE * table().inodes().size();
    compactIfGrown();
  }

  /** Finds contents again, and drops what was removed but still open when the server died. */
  private void restore() throws IOException {
    table().inodes().values().removeIf(node -> node.lower().isEmpty() && !node.isNamed());
    for (Inode node : table().inodes().values()) {
      if (node.isNamed() && node.content().isPresent() && node.isOwn()) {
        DiskContent content = (DiskContent) node.content().get();
        content.restore();
        Instant written = Instant.ofEpochMilli(content.modified());
        if (written.isAfter(node.attributes().changed())) {
          node.written(written);
        }
      }
      nodes.addAndGet(node.lower().isEmpty() ? 1 : 0);
    }
    String[] kept = files.list();
    for (String name : kept == null ? new String[0] : kept) {
      if (name.matches("[0-9]+") && !isContent(name)) {
        Files.deleteIfExists(files.toPath().resolve(name));
      }
    }
  }

  private boolean isContent(String name) {
    Inode node = table().inodes().get(Long.parseLong(name));
    return node != null && node.isNamed() && node.isOwn();
  }

  @Override
  Content content(long number, Optional<LowerFile> below) {
    return new DiskContent(
        new File(files, Long.toString(number)), below, quota, () -> changeContent(number));
  }

  @Override
  void record(List<Change> changes) throws IOException {
    try {
      compactIfGrown();
      journal.append(changes);
    } catch (IOException e) {
      throw HostErrors.translate(e);
    }
  }

  private void compactIfGrown() throws IOException {
    if (journal.size() > SMALL + 4 * compacted) {
      compact();
    }
  }

  /** Writes the journal anew, without what is no longer so. */
  final void compact() throws IOException {
    lock().writeLock().lock();
    try {
      journal.rewrite(snapshot());
      compacted = journal.size();
    } finally {
      lock().writeLock().unlock();
    }
  }

  /**
   * The changes that make the tree as it is out of what lies below: the nodes, then all names that
   * are gone, then all new ones, so that a node that moved loses its old name first.
   */
  private List<Change> snapshot() throws IOException {
    List<Change> changes = new ArrayList<>();
    List<Change> names = new ArrayList<>();
    for (Inode node : table().inodes().values()) {
      if (node.isNamed() && node.isChanged()) {
        changes.add(new OfNode(node.number(), node.attributes(), node.isOwn()));
      }
    }
    for (Inode node : table().inodes().values()) {
      if (node.isFolder() && (node.isNamed() || node.lower().isPresent())) {
        for (Map.Entry<String, Optional<Inode>> name : node.names().changed().entrySet()) {
          changes.add(named(node, name.getKey(), OfName.NOTHING));
          name.getValue().ifPresent(it -> names.add(named(node, name.getKey(), it.number())));
        }
      }
    }
    changes.addAll(names);
    return changes;
  }

  private static OfName named(Inode folder, String name, long target) {
    return new OfName(folder.number(), name, target, OfName.TIMES_KEPT);
  }

  @Override
  void admit() throws IOException {
    if (nodes.incrementAndGet() > MAX_NODES) {
      nodes.decrementAndGet();
      throw Errno.ENOSPC.exception();
    }
  }

  @Override
  void dismiss() {
    nodes.decrementAndGet();
  }

  @Override
  public Usage usage() {
    Usage own = quota.usage(lower().size() + nodes.get(), lower().size() + MAX_NODES);
    return own.total() > 0
        ? own
        : new Usage(files.getTotalSpace(), files.getUsableSpace(), own.files(), own.freeFiles());
  }

  @Override
  public void close() throws IOException {
    lock().writeLock().lock();
    try {
      journal.close();
    } finally {
      lock().writeLock().unlock();
    }
  }
}
