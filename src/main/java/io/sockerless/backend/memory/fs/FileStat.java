package io.sockerless.backend.memory.fs;

import java.time.Instant;

/**
 * What is known of a file, as {@code stat(2)} tells it.
 *
 * @param device which tree it is in
 * @param mode the permission bits, 07777 at most, without the type
 * @param deviceNumber of a device node, {@code major << 8 | minor}
 * @param size in bytes; a link's is its target's length
 */
public record FileStat(
    long device,
    long inode,
    FileType type,
    int mode,
    int links,
    int uid,
    int gid,
    long deviceNumber,
    long size,
    Instant accessed,
    Instant modified,
    Instant changed) {

  /** Whether it is a folder. */
  public boolean isDirectory() {
    return type == FileType.DIRECTORY;
  }

  /** Whether it is a regular file. */
  public boolean isRegular() {
    return type == FileType.REGULAR;
  }

  /** Whether it is a symbolic link. */
  public boolean isLink() {
    return type == FileType.SYMLINK;
  }

  /** Whether both are the same file, under whatever names. */
  public boolean isSameFile(FileStat other) {
    return device == other.device && inode == other.inode;
  }
}
