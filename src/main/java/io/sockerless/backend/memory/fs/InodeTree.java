package io.sockerless.backend.memory.fs;

import io.sockerless.backend.memory.fs.Change.OfName;
import io.sockerless.backend.memory.fs.Change.OfNode;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.UnaryOperator;

/**
 * A tree whose nodes are objects in memory, over a tree that never changes: the semantics of names,
 * links and removals, with what is kept where left to its kinds.
 *
 * <p>An operation checks, then becomes a list of {@link Change}s, which are recorded as one and
 * applied. One lock guards names and counts; a file's content has its own, which may be held while
 * this one is taken, never the reverse.
 */
abstract class InodeTree implements FileTree {

  private static final AtomicLong DEVICES = new AtomicLong(64);

  private final long device = DEVICES.incrementAndGet();
  private final DeviceOpener devices;
  private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
  private final InodeTable table;
  private final NameRules rules;
  private final ContentTraffic traffic = new ContentTraffic();

  InodeTree(LowerTree lower, DeviceOpener devices) {
    this.devices = devices;
    this.table = new InodeTable(this, lower);
    this.rules = new NameRules(table);
  }

  /** The content of a new file, or of a file below. */
  abstract Content content(long number, Optional<LowerFile> below);

  /** Takes note of what is about to change, all of it or nothing; the lock is held. */
  abstract void record(List<Change> changes) throws IOException;

  /** Asked before a node is made; the lock is not held. */
  abstract void admit() throws IOException;

  /** A node that was admitted is gone, or was not made after all. */
  abstract void dismiss();

  long device() {
    return device;
  }

  LowerTree lower() {
    return table.lower();
  }

  ReentrantReadWriteLock lock() {
    return lock;
  }

  InodeTable table() {
    return table;
  }

  @Override
  public Optional<ContentTraffic> traffic() {
    return Optional.of(traffic);
  }

  @Override
  public Inode root() {
    return inode(LowerTree.ROOT);
  }

  /** The node of a number that is in a folder, below or in a change. */
  Inode inode(long number) {
    return table.inode(number);
  }

  /** A node that must be of this tree. */
  Inode own(Node node) throws IOException {
    if (node instanceof Inode inode && inode.tree().equals(this)) {
      return inode;
    }
    throw Errno.EXDEV.exception();
  }

  Optional<Inode> lookup(Inode folder, String name) throws IOException {
    lock.readLock().lock();
    try {
      return folder.names().find(name);
    } finally {
      lock.readLock().unlock();
    }
  }

  List<DirectoryEntry> entries(Inode folder) throws IOException {
    lock.readLock().lock();
    try {
      return folder.names().entries();
    } finally {
      lock.readLock().unlock();
    }
  }

  Inode create(Inode folder, String name, NewNode spec) throws IOException {
    admit();
    boolean made = false;
    lock.writeLock().lock();
    try {
      rules.requireFree(folder, name);
      long number = table.nextNumber();
      Instant now = Instant.now();
      commit(
          List.of(
              new OfNode(number, Attributes.of(spec, now), true),
              new OfName(folder.number(), name, number, now)));
      made = true;
      return inode(number);
    } finally {
      lock.writeLock().unlock();
      if (!made) {
        dismiss();
      }
    }
  }

  void link(Inode folder, String name, Inode file) throws IOException {
    if (file.isFolder()) {
      throw Errno.EPERM.exception();
    }
    locked(() -> {
      rules.requireFree(folder, name);
      if (!file.isNamed()) {
        throw Errno.ENOENT.exception();
      }
      return List.of(name(folder, name, file.number(), Instant.now()));
    });
  }

  void unlink(Inode folder, String name) throws IOException {
    locked(() -> {
      if (rules.require(folder, name).isFolder()) {
        throw Errno.EISDIR.exception();
      }
      return List.of(name(folder, name, OfName.NOTHING, Instant.now()));
    });
  }

  void removeFolder(Inode folder, String name) throws IOException {
    locked(() -> {
      if (!rules.require(folder, name).names().isEmpty()) {
        throw Errno.ENOTEMPTY.exception();
      }
      return List.of(name(folder, name, OfName.NOTHING, Instant.now()));
    });
  }

  void rename(Inode folder, String name, Inode newFolder, String newName) throws IOException {
    locked(() -> {
      Inode node = rules.require(folder, name);
      rules.requireUsable(newFolder, newName);
      Optional<Inode> replaced = newFolder.names().find(newName);
      if (replaced.isPresent() && replaced.get() == node) {
        return List.of();
      }
      rules.requireReplaceable(node, newFolder, replaced);
      Instant now = Instant.now();
      return List.of(
          name(folder, name, OfName.NOTHING, now), name(newFolder, newName, node.number(), now));
    });
  }

  /** Changes a node's attributes. */
  void change(Inode node, UnaryOperator<Attributes> how) throws IOException {
    locked(() -> List.of(new OfNode(node.number(), how.apply(node.attributes()), node.isOwn())));
  }

  /** Takes note that a file's content is no longer that of the layer below. */
  void changeContent(long number) throws IOException {
    locked(() -> List.of(new OfNode(number, inode(number).attributes(), true)));
  }

  void truncate(Inode node, long size) throws IOException {
    Content content = use(node);
    try {
      content.truncate(size);
      node.written(Instant.now());
    } finally {
      release(node, content, true);
    }
  }

  OpenFile open(Inode node, OpenMode mode) throws IOException {
    return switch (node.type()) {
      case REGULAR -> openRegular(node, mode);
      case DIRECTORY -> {
        if (mode.write()) {
          throw Errno.EISDIR.exception();
        }
        yield new OpenFolder(node);
      }
      case FIFO, CHARACTER -> devices.open(node, node.stat(), mode);
      case SYMLINK -> throw Errno.ELOOP.exception();
      case BLOCK, SOCKET -> throw Errno.ENXIO.exception();
    };
  }

  private OpenFile openRegular(Inode node, OpenMode mode) throws IOException {
    Content content = use(node);
    boolean opened = false;
    try {
      if (mode.write() && mode.truncate()) {
        content.truncate(0);
        node.written(Instant.now());
      }
      opened = true;
      return new OpenRegular(node, new Used(node, content), content, mode, traffic);
    } finally {
      if (!opened) {
        release(node, content, false);
      }
    }
  }

  /** A file that an open file uses once. */
  private record Used(Inode node, Content content) implements OpenRegular.Owner {
    @Override
    public FileStat stat() {
      return node.stat();
    }

    @Override
    public void written(Instant time) {
      node.written(time);
    }

    @Override
    public void release(boolean written) throws IOException {
      node.inodeTree().release(node, content, written);
    }
  }

  private Content use(Inode node) throws IOException {
    lock.writeLock().lock();
    try {
      return node.use();
    } finally {
      lock.writeLock().unlock();
    }
  }

  /** A user of a file's content has gone; its times are now recorded if it has written. */
  void release(Inode node, Content content, boolean written) throws IOException {
    content.release();
    boolean lost;
    lock.writeLock().lock();
    try {
      node.unuse();
      if (written && node.isNamed()) {
        record(List.of(new OfNode(node.number(), node.attributes(), node.isOwn())));
      }
      lost = node.isLost();
    } finally {
      lock.writeLock().unlock();
    }
    if (lost) {
      discard(node);
    }
  }

  private static OfName name(Inode folder, String name, long target, Instant time) {
    return new OfName(folder.number(), name, target, time);
  }

  /** What an operation comes to, or why it fails. */
  @FunctionalInterface
  private interface Operation {
    List<Change> changes() throws IOException;
  }

  private void locked(Operation operation) throws IOException {
    List<Inode> lost;
    lock.writeLock().lock();
    try {
      lost = commit(operation.changes());
    } finally {
      lock.writeLock().unlock();
    }
    for (Inode node : lost) {
      discard(node);
    }
  }

  private List<Inode> commit(List<Change> changes) throws IOException {
    if (changes.isEmpty()) {
      return List.of();
    }
    record(changes);
    List<Inode> unnamed = new ArrayList<>();
    for (Change change : changes) {
      table.apply(change).ifPresent(unnamed::add);
    }
    unnamed.removeIf(node -> !node.isLost());
    return unnamed;
  }

  private void discard(Inode node) throws IOException {
    table.forget(node);
    if (node.content().isPresent()) {
      node.content().get().discard();
    }
    if (node.lower().isEmpty()) {
      dismiss();
    }
  }
}
