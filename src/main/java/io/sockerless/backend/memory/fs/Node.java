package io.sockerless.backend.memory.fs;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One file of a {@link FileTree}, whatever names it has: what Linux calls an inode.
 *
 * <p>A node knows nothing of permissions, mounts, or who asks: {@link Paths} does. Names are single
 * path elements, never {@code .} or {@code ..}. Every operation is safe to call from many threads,
 * and each is atomic. What a kind of file has not fails as on Linux: names in what is no folder
 * {@link Errno#ENOTDIR}, writes to a read-only tree {@link Errno#EROFS}.
 */
public abstract class Node {

  /** The tree it belongs to; a rename or a hard link never leaves it. */
  public abstract FileTree tree();

  /** All that is known of it, now. */
  public abstract FileStat stat() throws IOException;

  /** The file of a name in this folder. */
  public Optional<Node> lookup(String name) throws IOException {
    throw Errno.ENOTDIR.exception();
  }

  /** The names in this folder at this moment, in no order. */
  public List<DirectoryEntry> entries() throws IOException {
    throw Errno.ENOTDIR.exception();
  }

  /** Makes a file in this folder; {@link Errno#EEXIST} if the name is taken. */
  public Node create(String name, NewNode spec) throws IOException {
    throw Errno.ENOTDIR.exception();
  }

  /** Gives a file of this tree one more name in this folder. */
  public void link(String name, Node file) throws IOException {
    throw Errno.ENOTDIR.exception();
  }

  /** Takes a name that is no folder's out of this folder; who has it open goes on reading. */
  public void unlink(String name) throws IOException {
    throw Errno.ENOTDIR.exception();
  }

  /** Removes an empty folder from this one. */
  public void removeDirectory(String name) throws IOException {
    throw Errno.ENOTDIR.exception();
  }

  /** Moves a name of this folder, over what is there, as {@code rename(2)} does. */
  public void rename(String name, Node newFolder, String newName) throws IOException {
    throw Errno.ENOTDIR.exception();
  }

  /** Where a symbolic link leads, as it was written. */
  public String readLink() throws IOException {
    throw Errno.EINVAL.exception();
  }

  /** Opens a regular file or a device; a folder can be opened for reading its names. */
  public abstract OpenFile open(OpenMode mode) throws IOException;

  /**
   * Connects with whoever listens at this socket.
   *
   * @throws PosixException {@code ECONNREFUSED} where nobody does, or it is no socket
   */
  public SocketChannel connect() throws IOException {
    throw Errno.ECONNREFUSED.exception();
  }

  /** Changes the permission bits. */
  public abstract void setMode(int mode) throws IOException;

  /** Changes the owner and the group. */
  public abstract void setOwner(int uid, int gid) throws IOException;

  /** Changes the times; that of change is now. */
  public abstract void setTimes(Instant accessed, Instant modified) throws IOException;

  /** The extended attributes by name, their values as bytes, a char each; none if it keeps none. */
  public Map<String, String> extendedAttributes() {
    return Map.of();
  }

  /** Sets all extended attributes; {@link Errno#EOPNOTSUPP} if it keeps none. */
  public void setExtendedAttributes(Map<String, String> extended) throws IOException {
    throw Errno.EOPNOTSUPP.exception();
  }

  /** Whether it stands for something that is in no tree, whatever its own tree lets be done. */
  public boolean standsForAnother() throws IOException {
    return false;
  }

  /** Cuts a regular file, or lengthens it with zeros. */
  public void truncate(long size) throws IOException {
    throw Errno.EINVAL.exception();
  }
}
