package io.sockerless.backend.memory.fs;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A file of the host in a bind, by its path. */
final class HostNode extends Node {

  private final HostTree tree;
  private final Path path;

  HostNode(HostTree tree, Path path) {
    this.tree = tree;
    this.path = path;
  }

  @Override
  public FileTree tree() {
    return tree;
  }

  @Override
  public FileStat stat() throws IOException {
    return tree.reading(path, () -> HostStat.of(path));
  }

  @Override
  public Optional<Node> lookup(String name) throws IOException {
    Path child = HostTree.child(path, name);
    return tree.reading(
        child,
        () -> {
          requireFolder();
          return HostTree.isThere(child)
              ? Optional.of(new HostNode(tree, child))
              : Optional.empty();
        });
  }

  @Override
  public List<DirectoryEntry> entries() throws IOException {
    return tree.reading(
        path,
        () -> {
          requireFolder();
          List<DirectoryEntry> entries = new ArrayList<>();
          try (DirectoryStream<Path> children = Files.newDirectoryStream(path)) {
            for (Path child : children) {
              entries.add(entry(child));
            }
          } catch (DirectoryIteratorException e) {
            throw e.getCause();
          }
          return entries;
        });
  }

  private static DirectoryEntry entry(Path child) throws IOException {
    FileStat stat = HostStat.of(child);
    return new DirectoryEntry(String.valueOf(child.getFileName()), stat.type(), stat.inode());
  }

  @Override
  public Node create(String name, NewNode spec) throws IOException {
    Path child = HostTree.child(path, name);
    return tree.changing(
        child,
        () -> {
          requireFolder();
          switch (spec.type()) {
            case REGULAR -> Files.createFile(child);
            case DIRECTORY -> Files.createDirectory(child);
            case SYMLINK -> Files.createSymbolicLink(child, target(spec.linkTarget()));
            case FIFO, CHARACTER, BLOCK, SOCKET -> throw Errno.EPERM.exception();
          }
          if (spec.type() != FileType.SYMLINK) {
            HostStat.setMode(child, spec.mode());
          }
          HostStat.takeOwner(child, spec.uid(), spec.gid());
          return new HostNode(tree, child);
        });
  }

  private Path target(String text) throws IOException {
    try {
      return path.getFileSystem().getPath(text);
    } catch (InvalidPathException e) {
      throw Errno.EINVAL.exception();
    }
  }

  @Override
  public void link(String name, Node file) throws IOException {
    Path child = HostTree.child(path, name);
    HostNode existing = own(file);
    tree.changing(
        child,
        () -> {
          tree.check(existing.path);
          if (HostStat.of(existing.path).isDirectory()) {
            throw Errno.EPERM.exception();
          }
          return Files.createLink(child, existing.path);
        });
  }

  private HostNode own(Node node) throws IOException {
    if (node instanceof HostNode host && host.tree == tree) {
      return host;
    }
    throw Errno.EXDEV.exception();
  }

  @Override
  public void unlink(String name) throws IOException {
    remove(name, false);
  }

  @Override
  public void removeDirectory(String name) throws IOException {
    remove(name, true);
  }

  private void remove(String name, boolean folder) throws IOException {
    Path child = HostTree.child(path, name);
    tree.changing(
        child,
        () -> {
          if (HostStat.of(child).isDirectory() != folder) {
            throw (folder ? Errno.ENOTDIR : Errno.EISDIR).exception();
          }
          Files.delete(child);
          return child;
        });
  }

  @Override
  public void rename(String name, Node newFolder, String newName) throws IOException {
    Path from = HostTree.child(path, name);
    Path to = HostTree.child(own(newFolder).path, newName);
    tree.changing(
        from,
        () -> {
          tree.check(to);
          return Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        });
  }

  @Override
  public String readLink() throws IOException {
    return tree.reading(path, () -> Files.readSymbolicLink(path).toString());
  }

  @Override
  public OpenFile open(OpenMode mode) throws IOException {
    return tree.reading(
        path,
        () -> {
          FileStat stat = HostStat.of(path);
          return switch (stat.type()) {
            case REGULAR -> openRegular(mode, stat);
            case DIRECTORY -> {
              if (mode.write()) {
                throw Errno.EISDIR.exception();
              }
              yield new OpenFolder(this);
            }
            case SYMLINK -> throw Errno.ELOOP.exception();
            case FIFO, CHARACTER, BLOCK, SOCKET -> throw Errno.ENXIO.exception();
          };
        });
  }

  /** {@inheritDoc} Never waits, since names may not change meanwhile. */
  @Override
  public SocketChannel connect() throws IOException {
    return tree.reading(
        path,
        () -> {
          if (HostStat.of(path).type() != FileType.SOCKET) {
            return super.connect();
          }
          SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
          try {
            channel.configureBlocking(false);
            channel.connect(UnixDomainSocketAddress.of(path));
            channel.configureBlocking(true);
            return channel;
          } catch (IOException e) {
            channel.close();
            throw Errno.ECONNREFUSED.exception();
          }
        });
  }

  private OpenFile openRegular(OpenMode mode, FileStat stat) throws IOException {
    HostContent content =
        new HostContent(new RandomAccessFile(path.toFile(), mode.write() ? "rw" : "r"));
    boolean opened = false;
    try {
      if (mode.write() && mode.truncate()) {
        content.truncate(0);
      }
      opened = true;
    } finally {
      if (!opened) {
        content.release();
      }
    }
    return new OpenRegular(this, new Opened(stat, content), content, mode, tree.counts());
  }

  /**
   * An open file, which may have lost its name since.
   *
   * @param before what it was when it was opened
   */
  private record Opened(FileStat before, HostContent content) implements OpenRegular.Owner {
    @Override
    public FileStat stat() {
      return HostStat.withSize(before, content.size());
    }

    @Override
    public void written(Instant time) {}

    @Override
    public void release(boolean written) throws IOException {
      content.release();
    }
  }

  @Override
  public void setMode(int mode) throws IOException {
    tree.reading(
        path,
        () -> {
          requirePlain();
          HostStat.setMode(path, mode);
          return path;
        });
  }

  @Override
  public void setOwner(int uid, int gid) throws IOException {
    tree.reading(
        path,
        () -> {
          FileStat stat = HostStat.of(path);
          if (stat.uid() != uid || stat.gid() != gid) {
            HostStat.setOwner(path, uid, gid);
          }
          return path;
        });
  }

  @Override
  public void setTimes(Instant accessed, Instant modified) throws IOException {
    tree.reading(
        path,
        () -> {
          Files.getFileAttributeView(path, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
              .setTimes(FileTime.from(modified), FileTime.from(accessed), null);
          return path;
        });
  }

  @Override
  public void truncate(long size) throws IOException {
    Content.checkSize(size);
    tree.reading(
        path,
        () -> {
          if (!HostStat.of(path).isRegular()) {
            throw Errno.EINVAL.exception();
          }
          try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
            file.setLength(size);
          }
          return path;
        });
  }

  private void requireFolder() throws IOException {
    if (!HostStat.of(path).isDirectory()) {
      throw Errno.ENOTDIR.exception();
    }
  }

  /** To change the mode of a special file, Java would have to open it. */
  private void requirePlain() throws IOException {
    FileStat stat = HostStat.of(path);
    if (!stat.isRegular() && !stat.isDirectory()) {
      throw Errno.EPERM.exception();
    }
  }
}
