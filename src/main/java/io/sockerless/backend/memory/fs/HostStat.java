package io.sockerless.backend.memory.fs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;

/** Attributes of the host's files, as far as the host has such attributes. */
final class HostStat {

  private static final String UNIX = "unix";

  /** Keeps the host's devices apart from the sandbox's trees. */
  private static final long DEVICES = 1L << 40;

  private HostStat() {}

  /** What is at a path, a link itself. */
  static FileStat of(Path path) throws IOException {
    return hasUnix(path) ? ofUnix(path) : ofAny(path);
  }

  private static boolean hasUnix(Path path) {
    return path.getFileSystem().supportedFileAttributeViews().contains(UNIX);
  }

  private static FileStat ofUnix(Path path) throws IOException {
    Map<String, Object> all =
        Files.readAttributes(
            path,
            "unix:mode,ino,dev,rdev,nlink,uid,gid,size,ctime,lastAccessTime,lastModifiedTime",
            LinkOption.NOFOLLOW_LINKS);
    int mode = (int) number(all, "mode");
    long number = number(all, "rdev");
    FileType type = type(mode);
    boolean device = type == FileType.CHARACTER || type == FileType.BLOCK;
    return new FileStat(
        DEVICES | number(all, "dev"),
        number(all, "ino"),
        type,
        mode & 07777,
        (int) number(all, "nlink"),
        (int) number(all, "uid"),
        (int) number(all, "gid"),
        device ? number : 0,
        number(all, "size"),
        time(all, "lastAccessTime"),
        time(all, "lastModifiedTime"),
        time(all, "ctime"));
  }

  private static long number(Map<String, Object> all, String name) throws IOException {
    if (all.get(name) instanceof Number number) {
      return number.longValue();
    }
    throw Errno.EIO.exception();
  }

  private static Instant time(Map<String, Object> all, String name) throws IOException {
    if (all.get(name) instanceof FileTime time) {
      return time.toInstant();
    }
    throw Errno.EIO.exception();
  }

  private static FileType type(int mode) {
    for (FileType type : FileType.values()) {
      if (type.bits() == (mode & 0170000)) {
        return type;
      }
    }
    return FileType.SOCKET;
  }

  /** Where the host knows no modes and owners, all belongs to root and may be done. */
  private static FileStat ofAny(Path path) throws IOException {
    BasicFileAttributes basic =
        Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    FileType type =
        basic.isDirectory()
            ? FileType.DIRECTORY
            : basic.isSymbolicLink()
                ? FileType.SYMLINK
                : basic.isRegularFile() ? FileType.REGULAR : FileType.SOCKET;
    Object key = basic.fileKey();
    return new FileStat(
        DEVICES,
        key == null ? path.hashCode() : key.hashCode(),
        type,
        type == FileType.REGULAR ? 0755 : 0777,
        1,
        0,
        0,
        0,
        basic.size(),
        basic.lastAccessTime().toInstant(),
        basic.lastModifiedTime().toInstant(),
        basic.lastModifiedTime().toInstant());
  }

  static FileStat withSize(FileStat stat, long size) {
    return new FileStat(
        stat.device(),
        stat.inode(),
        stat.type(),
        stat.mode(),
        stat.links(),
        stat.uid(),
        stat.gid(),
        stat.deviceNumber(),
        size,
        stat.accessed(),
        stat.modified(),
        stat.changed());
  }

  /** Changes the mode of a file or a folder, where the host has modes. */
  static void setMode(Path path, int mode) throws IOException {
    if (hasUnix(path)) {
      Files.setAttribute(path, "unix:mode", mode & 07777, LinkOption.NOFOLLOW_LINKS);
    }
  }

  /** Changes the owner; only root may, or it fails with {@link Errno#EPERM}. */
  static void setOwner(Path path, int uid, int gid) throws IOException {
    if (!hasUnix(path)) {
      throw Errno.EPERM.exception();
    }
    try {
      Files.setAttribute(path, "unix:uid", uid, LinkOption.NOFOLLOW_LINKS);
      Files.setAttribute(path, "unix:gid", gid, LinkOption.NOFOLLOW_LINKS);
    } catch (IOException e) {
      Errno errno = HostErrors.translate(e).errno();
      throw (errno == Errno.EACCES ? Errno.EPERM : errno).exception();
    }
  }

  /**
   * Gives a new file to its maker where the host allows it; else it belongs to the server's user,
   * as with a daemon that is not root.
   */
  static void takeOwner(Path path, int uid, int gid) throws IOException {
    try {
      setOwner(path, uid, gid);
    } catch (PosixException e) {
      if (e.errno() != Errno.EPERM) {
        throw e;
      }
    }
  }
}
