package io.sockerless.agent.program.posix;

import static io.sockerless.agent.program.posix.PosixException.check;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.time.Instant;

/**
 * What the kernel tells about a file.
 *
 * @param mode type and permission bits as Linux has them
 * @param major of a device
 * @param minor of a device
 * @param fileSystem which file system it is in
 * @param inode which file there
 * @see <a href="https://man7.org/linux/man-pages/man2/statx.2.html">statx(2)</a>
 */
public record FileStatus(
    int mode,
    int links,
    int uid,
    int gid,
    long size,
    Instant modified,
    int major,
    int minor,
    long fileSystem,
    long inode) {

  static final long HERE = -100;
  static final long EMPTY_PATH = 0x1000;
  static final long NO_FOLLOW = 0x100;

  private static final int SIZE = 256;
  private static final long BASIC = 0x7ff;
  private static final int TYPE = 0170000;
  private static final int REGULAR = 0100000;
  private static final int FOLDER = 0040000;
  private static final int LINK = 0120000;

  /** Of a path, whose links are followed. */
  public static FileStatus of(String path) throws PosixException {
    return of(HERE, path, 0);
  }

  static FileStatus of(long folder, String name, long flags) throws PosixException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment told = arena.allocate(SIZE, 8);
      long path = Native.text(arena, name);
      check(SystemCall.STATX.call(folder, path, flags, BASIC, told.address()));
      return new FileStatus(
          told.get(JAVA_SHORT, 28) & 0xffff,
          told.get(JAVA_INT, 16),
          told.get(JAVA_INT, 20),
          told.get(JAVA_INT, 24),
          told.get(JAVA_LONG, 40),
          Instant.ofEpochSecond(told.get(JAVA_LONG, 112), told.get(JAVA_INT, 120)),
          told.get(JAVA_INT, 128),
          told.get(JAVA_INT, 132),
          Integer.toUnsignedLong(told.get(JAVA_INT, 136)) << 32 | told.get(JAVA_INT, 140),
          told.get(JAVA_LONG, 32));
    }
  }

  /** The type alone, as {@code S_IFMT} masks it. */
  public int type() {
    return mode & TYPE;
  }

  /** Whether it is a folder. */
  public boolean isFolder() {
    return type() == FOLDER;
  }

  /** Whether it is a symbolic link. */
  public boolean isLink() {
    return type() == LINK;
  }

  /** Whether it is an ordinary file. */
  public boolean isRegular() {
    return type() == REGULAR;
  }

  /** Whether it is the same file as another, under whatever name. */
  public boolean isSameFile(FileStatus other) {
    return fileSystem == other.fileSystem && inode == other.inode;
  }
}
