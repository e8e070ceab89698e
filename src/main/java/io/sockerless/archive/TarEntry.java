package io.sockerless.archive;

import java.time.Instant;
import java.util.Map;

/**
 * One member of a tar stream, as it is told there: a name can be anything, and numbers have no
 * limits but their type's.
 *
 * @param name as written, with a slash at the end or without
 * @param mode the permission bits, 07777 at most
 * @param linkTarget what a symbolic link says, or the name of the member that a hard link joins;
 *     else empty
 * @param major of a device, else 0
 * @param minor of a device, else 0
 * @param size of a file's content in bytes, holes included; else 0
 * @param extended the extended attributes by name, such as {@code security.capability}; their
 *     values are bytes, a char each
 */
public record TarEntry(
    String name,
    Kind kind,
    int mode,
    long uid,
    long gid,
    Instant modified,
    String linkTarget,
    int major,
    int minor,
    long size,
    Map<String, String> extended) {

  /** What a member makes. */
  public enum Kind {
    FILE,
    DIRECTORY,
    SYMLINK,
    HARD_LINK,
    CHARACTER,
    BLOCK,
    FIFO
  }

  /** One without extended attributes, as most are. */
  public TarEntry(
      String name,
      Kind kind,
      int mode,
      long uid,
      long gid,
      Instant modified,
      String linkTarget,
      int major,
      int minor,
      long size) {
    this(name, kind, mode, uid, gid, modified, linkTarget, major, minor, size, Map.of());
  }

  /** The same under another name. */
  public TarEntry withName(String other) {
    return new TarEntry(
        other, kind, mode, uid, gid, modified, linkTarget, major, minor, size, extended);
  }

  /** The same with these extended attributes. */
  public TarEntry withExtended(Map<String, String> other) {
    return new TarEntry(
        name, kind, mode, uid, gid, modified, linkTarget, major, minor, size, Map.copyOf(other));
  }
}
