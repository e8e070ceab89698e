package io.sockerless.backend.memory.support;

import io.sockerless.backend.memory.fs.DirectoryEntry;
import io.sockerless.backend.memory.fs.Errno;
import io.sockerless.backend.memory.fs.FileStat;
import io.sockerless.backend.memory.fs.FileTree;
import io.sockerless.backend.memory.fs.FileType;
import io.sockerless.backend.memory.fs.NewNode;
import io.sockerless.backend.memory.fs.Node;
import io.sockerless.backend.memory.fs.OpenFile;
import io.sockerless.backend.memory.fs.OpenMode;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;

/** The simplest tree that programs can be tested with: nodes that point at each other. */
final class PlainTree implements FileTree {

  private final AtomicLong inodes = new AtomicLong();
  private final Node root = new PlainNode(NewNode.directory(0755, 0, 0));

  @Override
  public Node root() {
    return root;
  }

  @Override
  public String type() {
    return "tmpfs";
  }

  @Override
  public Usage usage() {
    return new Usage(0, 0, inodes.get(), 0);
  }

  @Override
  public void close() {}

  private final class PlainNode extends Node {
    private final NewNode spec;
    private final long inode = inodes.incrementAndGet();
    private final Map<String, Node> children = new ConcurrentSkipListMap<>();
    private byte[] content = new byte[0];
    private int size;
    private int mode;
    private int uid;
    private int gid;
    private Instant accessed = Instant.now();
    private Instant modified = accessed;

    PlainNode(NewNode spec) {
      this.spec = spec;
      this.mode = spec.mode();
      this.uid = spec.uid();
      this.gid = spec.gid();
    }

    @Override
    public FileTree tree() {
      return PlainTree.this;
    }

    @Override
    public synchronized FileStat stat() {
      int length = spec.type() == FileType.SYMLINK ? spec.linkTarget().length() : size;
      return new FileStat(
          1,
          inode,
          spec.type(),
          mode,
          1,
          uid,
          gid,
          spec.deviceNumber(),
          length,
          accessed,
          modified,
          modified);
    }

    private Map<String, Node> names() throws IOException {
      if (spec.type() != FileType.DIRECTORY) {
        throw Errno.ENOTDIR.exception();
      }
      return children;
    }

    @Override
    public Optional<Node> lookup(String name) throws IOException {
      return Optional.ofNullable(names().get(name));
    }

    @Override
    public List<DirectoryEntry> entries() throws IOException {
      return names().entrySet().stream()
          .map(entry -> (Map.Entry<String, Node>) entry)
          .map(entry -> {
            PlainNode node = (PlainNode) entry.getValue();
            return new DirectoryEntry(entry.getKey(), node.spec.type(), node.inode);
          })
          .toList();
    }

    @Override
    public Node create(String name, NewNode made) throws IOException {
      Node node = new PlainNode(made);
      if (names().putIfAbsent(name, node) != null) {
        throw Errno.EEXIST.exception();
      }
      return node;
    }

    @Override
    public void link(String name, Node file) throws IOException {
      if (names().putIfAbsent(name, file) != null) {
        throw Errno.EEXIST.exception();
      }
    }

    @Override
    public void unlink(String name) throws IOException {
      if (names().remove(name) == null) {
        throw Errno.ENOENT.exception();
      }
    }

    @Override
    public void removeDirectory(String name) throws IOException {
      if (!((PlainNode) names().get(name)).children.isEmpty()) {
        throw Errno.ENOTEMPTY.exception();
      }
      unlink(name);
    }

    @Override
    public void rename(String name, Node newFolder, String newName) throws IOException {
      Node node = names().remove(name);
      if (node == null) {
        throw Errno.ENOENT.exception();
      }
      ((PlainNode) newFolder).children.put(newName, node);
    }

    @Override
    public String readLink() throws IOException {
      if (spec.type() != FileType.SYMLINK) {
        throw Errno.EINVAL.exception();
      }
      return spec.linkTarget();
    }

    @Override
    public OpenFile open(OpenMode openMode) {
      if (openMode.truncate() && spec.type() == FileType.REGULAR) {
        truncate(0);
      }
      return new Description(this, openMode);
    }

    @Override
    public synchronized void setMode(int mode) {
      this.mode = mode;
    }

    @Override
    public synchronized void setOwner(int uid, int gid) {
      this.uid = uid;
      this.gid = gid;
    }

    @Override
    public synchronized void setTimes(Instant accessed, Instant modified) {
      this.accessed = accessed;
      this.modified = modified;
    }

    @Override
    public synchronized void truncate(long size) {
      content = Arrays.copyOf(Arrays.copyOf(content, Math.min(this.size, (int) size)), (int) size);
      this.size = (int) size;
    }

    synchronized int read(long position, byte[] bytes, int offset, int length) {
      if (isNull() || position >= size) {
        return -1;
      }
      int count = (int) Math.min(length, size - position);
      System.arraycopy(content, (int) position, bytes, offset, count);
      return count;
    }

    synchronized long write(long position, byte[] bytes, int offset, int length) {
      int at = position < 0 ? size : (int) position;
      if (isNull()) {
        return at + (long) length;
      }
      if (at + length > content.length) {
        content = Arrays.copyOf(content, Math.max(at + length, content.length * 2));
      }
      System.arraycopy(bytes, offset, content, at, length);
      size = Math.max(size, at + length);
      modified = Instant.now();
      return at + (long) length;
    }

    private boolean isNull() {
      return spec.type() == FileType.CHARACTER;
    }
  }

  private static final class Description extends OpenFile {
    private final PlainNode node;
    private final OpenMode mode;
    private long position;

    Description(PlainNode node, OpenMode mode) {
      this.node = node;
      this.mode = mode;
    }

    @Override
    public synchronized int read(byte[] bytes, int offset, int length) throws IOException {
      int count = readAt(position, bytes, offset, length);
      position += Math.max(count, 0);
      return count;
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) throws IOException {
      if (!mode.write()) {
        throw Errno.EBADF.exception();
      }
      position = node.write(mode.append() ? -1 : position, bytes, offset, length);
    }

    @Override
    public int readAt(long at, byte[] bytes, int offset, int length) throws IOException {
      if (node.spec.type() == FileType.DIRECTORY) {
        throw Errno.EISDIR.exception();
      }
      if (!mode.read()) {
        throw Errno.EBADF.exception();
      }
      return node.read(at, bytes, offset, length);
    }

    @Override
    public void writeAt(long at, byte[] bytes, int offset, int length) {
      node.write(at, bytes, offset, length);
    }

    @Override
    public synchronized long seek(long offset, Whence whence) throws IOException {
      long base =
          switch (whence) {
            case SET -> 0;
            case CURRENT -> position;
            case END -> node.stat().size();
          };
      if (base + offset < 0) {
        throw Errno.EINVAL.exception();
      }
      position = base + offset;
      return position;
    }

    @Override
    public void truncate(long size) {
      node.truncate(size);
    }

    @Override
    public FileStat stat() {
      return node.stat();
    }

    @Override
    public Optional<Node> node() {
      return Optional.of(node);
    }
  }
}
