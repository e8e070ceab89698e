package io.sockerless.backend.memory.proc;

import io.sockerless.backend.memory.fs.Credentials;
import io.sockerless.backend.memory.fs.Errno;
import io.sockerless.backend.memory.fs.FileStat;
import io.sockerless.backend.memory.fs.FileTree;
import io.sockerless.backend.memory.fs.FileType;
import io.sockerless.backend.memory.fs.Node;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/** A file that is made up when it is asked for; nobody can change it. */
abstract class GeneratedNode extends Node {

  private final FileTree tree;
  private final String path;
  private final FileType type;
  private final int mode;
  private Optional<Supplier<Credentials>> owner = Optional.empty();

  /**
   * A file of a tree.
   *
   * @param path in the tree, which its number is made of
   */
  GeneratedNode(FileTree tree, String path, FileType type, int mode) {
    this.tree = tree;
    this.path = path;
    this.type = type;
    this.mode = mode;
  }

  /**
   * Gives it to somebody but root, before anybody sees it.
   *
   * @param somebody asked whenever the file is looked at: a process can become another user's
   */
  void belongTo(Supplier<Credentials> somebody) {
    owner = Optional.of(somebody);
  }

  /** Its path in the tree. */
  String path() {
    return path;
  }

  @Override
  public FileTree tree() {
    return tree;
  }

  @Override
  public FileStat stat() throws IOException {
    Credentials user = owner.map(Supplier::get).orElse(Credentials.ROOT);
    long inode = Integer.toUnsignedLong(path.hashCode()) + 1;
    return new FileStat(
        System.identityHashCode(tree),
        inode,
        type,
        mode,
        1,
        user.uid(),
        user.gid(),
        0,
        0,
        SystemFiles.BOOT,
        SystemFiles.BOOT,
        SystemFiles.BOOT);
  }

  @Override
  public void setMode(int mode) throws IOException {
    throw Errno.EPERM.exception();
  }

  @Override
  public void setOwner(int uid, int gid) throws IOException {
    throw Errno.EPERM.exception();
  }

  @Override
  public void setTimes(Instant accessed, Instant modified) throws IOException {
    throw Errno.EPERM.exception();
  }
}
