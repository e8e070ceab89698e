package io.sockerless.backend.memory.fs;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;

/** A node of an {@link InodeTree}, which guards it and does all that changes names. */
final class Inode extends Node {

  private static final long NO_PARENT = 0;
  private static final long FOLDER_SIZE = 4_096;

  private final InodeTree tree;
  private final long number;
  private final Optional<LowerNode> lower;
  private final AtomicReference<Attributes> attributes;
  private final Optional<Names> names;
  private final Optional<Content> content;
  private volatile long parent;
  private volatile int links;
  private volatile int folders;
  private int uses;
  private boolean gone;

  /** A node that no name leads to yet. */
  Inode(InodeTree tree, long number, Attributes attributes, Optional<Content> content) {
    this.tree = tree;
    this.number = number;
    this.lower = Optional.empty();
    this.attributes = new AtomicReference<>(attributes);
    this.names = names(attributes.type());
    this.content = content;
    this.parent = NO_PARENT;
  }

  /** A node as it lies below. */
  Inode(InodeTree tree, LowerNode lower, Optional<Content> content) {
    this.tree = tree;
    this.number = lower.number();
    this.lower = Optional.of(lower);
    this.attributes = new AtomicReference<>(lower.attributes());
    this.names = names(lower.attributes().type());
    this.content = content;
    this.parent = isFolder() ? lower.parent() : NO_PARENT;
    this.links = lower.links();
    this.folders = lower.folders();
  }

  private Optional<Names> names(FileType type) {
    return type == FileType.DIRECTORY
        ? Optional.of(new Names(lower, tree::inode))
        : Optional.empty();
  }

  InodeTree inodeTree() {
    return tree;
  }

  long number() {
    return number;
  }

  FileType type() {
    return attributes().type();
  }

  boolean isFolder() {
    return names.isPresent();
  }

  Attributes attributes() {
    return Objects.requireNonNull(attributes.get());
  }

  Optional<LowerNode> lower() {
    return lower;
  }

  Optional<Content> content() {
    return content;
  }

  Names names() throws IOException {
    return names.orElseThrow(Errno.ENOTDIR::exception);
  }

  /** The number of the folder that this folder is in. */
  long parent() {
    return parent;
  }

  /** Whether a name leads to it. */
  boolean isNamed() {
    return isFolder() ? parent != NO_PARENT : links > 0;
  }

  /** Whether it differs from what lies below, or nothing does. */
  boolean isChanged() {
    return lower.isEmpty() || !lower.get().attributes().equals(attributes()) || isOwn();
  }

  /** Whether its content is its own, not that of a layer. */
  boolean isOwn() {
    return content.isPresent() && content.get().isOwn();
  }

  void apply(Change.OfNode change) {
    attributes.set(change.attributes());
    if (change.own()) {
      content.ifPresent(Content::own);
    }
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // the tree's lock is held for writing
  void nameAdded(Inode folder, Instant time) {
    if (isFolder()) {
      parent = folder.number;
      folder.folders++;
    } else {
      links++;
    }
    stamp(time, it -> it.renamed(time));
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // the tree's lock is held for writing
  void nameRemoved(Inode folder, Instant time) {
    if (isFolder()) {
      parent = NO_PARENT;
      folder.folders--;
    } else {
      links--;
    }
    stamp(time, it -> it.renamed(time));
  }

  /** Its content, or the names in it, have changed. */
  void written(Instant time) {
    stamp(time, it -> it.written(time));
  }

  private void stamp(Instant time, UnaryOperator<Attributes> how) {
    if (!time.equals(Change.OfName.TIMES_KEPT)) {
      attributes.updateAndGet(how);
    }
  }

  /** One more user of the content, who must be let go again. */
  Content use() throws IOException {
    if (gone) {
      throw Errno.ENOENT.exception();
    }
    Content used = content.orElseThrow(Errno.EINVAL::exception);
    used.use();
    uses++;
    return used;
  }

  void unuse() {
    uses--;
  }

  /** Whether nobody can reach it any longer; tells so once. */
  boolean isLost() {
    if (gone || isNamed() || uses > 0) {
      return false;
    }
    gone = true;
    return true;
  }

  @Override
  public FileTree tree() {
    return tree;
  }

  @Override
  public FileStat stat() {
    Attributes now = attributes();
    int names = isFolder() ? (isNamed() ? 2 + folders : 0) : links;
    return new FileStat(
        tree.device(),
        number,
        now.type(),
        now.mode(),
        names,
        now.uid(),
        now.gid(),
        now.deviceNumber(),
        size(now),
        now.accessed(),
        now.modified(),
        now.changed());
  }

  private long size(Attributes now) {
    return switch (now.type()) {
      case REGULAR -> content.map(Content::size).orElse(0L);
      case DIRECTORY -> FOLDER_SIZE;
      case SYMLINK -> now.linkTarget().getBytes(StandardCharsets.UTF_8).length;
      case FIFO, CHARACTER, BLOCK, SOCKET -> 0;
    };
  }

  @Override
  public Optional<Node> lookup(String name) throws IOException {
    return tree.lookup(this, name).map(node -> node);
  }

  @Override
  public List<DirectoryEntry> entries() throws IOException {
    return tree.entries(this);
  }

  @Override
  public Node create(String name, NewNode spec) throws IOException {
    return tree.create(this, name, spec);
  }

  @Override
  public void link(String name, Node file) throws IOException {
    tree.link(this, name, tree.own(file));
  }

  @Override
  public void unlink(String name) throws IOException {
    tree.unlink(this, name);
  }

  @Override
  public void removeDirectory(String name) throws IOException {
    tree.removeFolder(this, name);
  }

  @Override
  public void rename(String name, Node newFolder, String newName) throws IOException {
    tree.rename(this, name, tree.own(newFolder), newName);
  }

  @Override
  public String readLink() throws IOException {
    if (type() != FileType.SYMLINK) {
      throw Errno.EINVAL.exception();
    }
    return attributes().linkTarget();
  }

  @Override
  public OpenFile open(OpenMode mode) throws IOException {
    return tree.open(this, mode);
  }

  @Override
  public void setMode(int mode) throws IOException {
    tree.change(this, it -> it.withMode(mode, Instant.now()));
  }

  @Override
  public void setOwner(int uid, int gid) throws IOException {
    tree.change(this, it -> it.withOwner(uid, gid, Instant.now()));
  }

  @Override
  public void setTimes(Instant accessed, Instant modified) throws IOException {
    tree.change(this, it -> it.withTimes(accessed, modified, Instant.now()));
  }

  @Override
  public Map<String, String> extendedAttributes() {
    return attributes().extended();
  }

  @Override
  public void setExtendedAttributes(Map<String, String> extended) throws IOException {
    tree.change(this, it -> it.withExtended(extended, Instant.now()));
  }

  @Override
  public void truncate(long size) throws IOException {
    switch (type()) {
      case REGULAR -> tree.truncate(this, size);
      case DIRECTORY -> throw Errno.EISDIR.exception();
      case SYMLINK, FIFO, CHARACTER, BLOCK, SOCKET -> throw Errno.EINVAL.exception();
    }
  }
}
