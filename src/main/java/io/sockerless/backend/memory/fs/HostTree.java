package io.sockerless.backend.memory.fs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * A bind: a folder or a file of the host, and nothing outside it.
 *
 * <p>Links in it are told as links and never followed on the host. What could follow one unasked is
 * a path whose parent is swapped for a link between a look and the use of it. Each use therefore
 * looks at the parent, and looks and uses under one lock of all binds, which whatever changes names
 * holds alone.
 */
public final class HostTree implements FileTree {

  private static final ReentrantReadWriteLock LOCK = new ReentrantReadWriteLock();

  private final Path root;
  private final Path top;
  private final ContentTraffic traffic = new ContentTraffic();

  /**
   * Binds a folder or a file of the host; if it is a link, what that leads to.
   *
   * @throws java.nio.file.NoSuchFileException if it is not there
   */
  public HostTree(Path source) throws IOException {
    root = source.toRealPath();
    Path parent = root.getParent();
    top = Files.isDirectory(root) || parent == null ? root : parent;
  }

  @Override
  public Node root() {
    return new HostNode(this, root);
  }

  @Override
  public String type() {
    return "bind";
  }

  @Override
  public Usage usage() throws IOException {
    try {
      var store = Files.getFileStore(root);
      return new Usage(store.getTotalSpace(), store.getUsableSpace(), 0, 0);
    } catch (IOException e) {
      throw HostErrors.translate(e);
    }
  }

  @Override
  public Optional<ContentTraffic> traffic() {
    return Optional.of(traffic);
  }

  ContentTraffic counts() {
    return traffic;
  }

  @Override
  public void close() {}

  /** Something done with paths of the host. */
  @FunctionalInterface
  interface Use<T> {
    T run() throws IOException;
  }

  /** Uses a path while no names change. */
  <T> T reading(Path path, Use<T> use) throws IOException {
    return holding(LOCK.readLock(), path, use);
  }

  /** Changes names, alone. */
  <T> T changing(Path path, Use<T> use) throws IOException {
    return holding(LOCK.writeLock(), path, use);
  }

  private <T> T holding(Lock lock, Path path, Use<T> use) throws IOException {
    lock.lock();
    try {
      check(path);
      return use.run();
    } catch (IOException e) {
      throw HostErrors.translate(e);
    } finally {
      lock.unlock();
    }
  }

  /** Makes sure that a path does not lead out of the bind by a link above its last name. */
  void check(Path path) throws IOException {
    if (path.equals(root)) {
      requireReal(root, root);
      return;
    }
    Path parent = path.getParent();
    if (parent == null || !path.startsWith(top)) {
      throw Errno.EACCES.exception();
    }
    requireReal(parent, parent);
  }

  private static void requireReal(Path path, Path expected) throws IOException {
    if (!path.toRealPath().equals(expected)) {
      throw Errno.ENOENT.exception();
    }
  }

  /** A name in a folder, which must be one name. */
  static Path child(Path folder, String name) throws IOException {
    boolean one =
        !name.isEmpty()
            && !name.equals(".")
            && !name.equals("..")
            && name.indexOf('/') < 0
            && name.indexOf('\0') < 0;
    Path child = one ? resolve(folder, name) : folder;
    if (!one || !folder.equals(child.getParent())) {
      throw Errno.EINVAL.exception();
    }
    return child;
  }

  private static Path resolve(Path folder, String name) throws IOException {
    try {
      return folder.resolve(name);
    } catch (InvalidPathException e) {
      throw Errno.EINVAL.exception();
    }
  }

  static boolean isThere(Path path) {
    return Files.exists(path, LinkOption.NOFOLLOW_LINKS);
  }
}
