package io.sockerless.backend.memory.fs;

/**
 * What a file is to be that is about to be made.
 *
 * @param mode permission bits, the umask already taken off
 * @param deviceNumber of a device node, else 0
 * @param linkTarget of a symbolic link, else empty
 */
public record NewNode(
    FileType type, int mode, int uid, int gid, long deviceNumber, String linkTarget) {

  /** A regular file. */
  public static NewNode file(int mode, int uid, int gid) {
    return new NewNode(FileType.REGULAR, mode, uid, gid, 0, "");
  }

  /** A folder. */
  public static NewNode directory(int mode, int uid, int gid) {
    return new NewNode(FileType.DIRECTORY, mode, uid, gid, 0, "");
  }
}
