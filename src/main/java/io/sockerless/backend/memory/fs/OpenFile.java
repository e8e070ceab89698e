package io.sockerless.backend.memory.fs;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An open file description: a position in a file, or an end of a pipe, a terminal, a socket. It is
 * shared by all descriptors that were duplicated from one, and released with the last of them.
 *
 * <p>Reads and writes block; they are safe from many threads.
 */
public abstract class OpenFile implements AutoCloseable {

  private final AtomicInteger references = new AtomicInteger(1);
  private volatile String path = "";

  /** Where {@link #seek} counts from. */
  public enum Whence {
    /** The beginning. */
    SET,
    /** The current position. */
    CURRENT,
    /** The end. */
    END
  }

  /**
   * Reads what is there, at least one byte.
   *
   * @return how many, or -1 at the end
   */
  public abstract int read(byte[] bytes, int offset, int length) throws IOException;

  /** Writes all. */
  public abstract void write(byte[] bytes, int offset, int length) throws IOException;

  /** Reads at a position, which leaves the file's own alone; {@link Errno#ESPIPE} for a pipe. */
  public int readAt(long position, byte[] bytes, int offset, int length) throws IOException {
    throw Errno.ESPIPE.exception();
  }

  /** Writes at a position, which leaves the file's own alone; {@link Errno#ESPIPE} for a pipe. */
  public void writeAt(long position, byte[] bytes, int offset, int length) throws IOException {
    throw Errno.ESPIPE.exception();
  }

  /** Moves the position and tells the new one; {@link Errno#ESPIPE} for a pipe. */
  public long seek(long offset, Whence whence) throws IOException {
    throw Errno.ESPIPE.exception();
  }

  /** Cuts the file, or lengthens it with zeros. */
  public void truncate(long size) throws IOException {
    throw Errno.EINVAL.exception();
  }

  /** Makes sure that what was written survives. */
  public void sync() throws IOException {}

  /** What is known of the file behind it. */
  public abstract FileStat stat() throws IOException;

  /**
   * Changes the owner and the group of what has no file in a tree; {@link Errno#EPERM} where that
   * cannot be.
   */
  public void setOwner(int uid, int gid) throws IOException {
    throw Errno.EPERM.exception();
  }

  /** Changes the permission bits in the same way. */
  public void setMode(int mode) throws IOException {
    throw Errno.EPERM.exception();
  }

  /** The file behind it, if it has one in a tree. */
  public Optional<Node> node() {
    return Optional.empty();
  }

  /** Whether it is a terminal. */
  public boolean isTerminal() {
    return false;
  }

  /**
   * Waits until a read would not block, or the time is over.
   *
   * @param nanos at most; 0 asks without waiting
   * @return whether a read would not block
   */
  public boolean awaitReadable(long nanos) throws IOException {
    return true;
  }

  /** Takes note of where it was opened, unless a descriptor has it already. */
  final OpenFile openedAt(String place) {
    if (references.get() == 1) {
      path = place;
    }
    return this;
  }

  /**
   * What {@code /proc/PID/fd} says of it: the path that it was opened at, or what kind of file
   * without a path it is.
   */
  public String description() throws IOException {
    if (!path.isEmpty()) {
      return path;
    }
    FileStat stat = stat();
    return switch (stat.type()) {
      case FIFO -> "pipe:[" + stat.inode() + "]";
      case SOCKET -> "socket:[" + stat.inode() + "]";
      case CHARACTER -> isTerminal() ? "/dev/pts/0" : "/dev/null";
      case REGULAR, DIRECTORY, SYMLINK, BLOCK -> "anon_inode:[" + stat.inode() + "]";
    };
  }

  /** One more descriptor shares it. */
  public final OpenFile retain() {
    references.incrementAndGet();
    return this;
  }

  /** One descriptor less shares it; the last one releases it. */
  @Override
  public final void close() throws IOException {
    if (references.decrementAndGet() == 0) {
      release();
    }
  }

  /** Gives back what it holds; called once. */
  protected void release() throws IOException {}
}
