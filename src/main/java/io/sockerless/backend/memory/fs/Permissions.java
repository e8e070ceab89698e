package io.sockerless.backend.memory.fs;

import static io.sockerless.backend.core.driver.LinuxCapability.CHOWN;
import static io.sockerless.backend.core.driver.LinuxCapability.FSETID;

import io.sockerless.backend.memory.fs.PathWalker.Walk;
import java.io.IOException;

/**
 * What Linux asks of one user before a file that has been found is used or changed: bits of
 * permission, folders that are sticky or give their group, and mounts that take no writes.
 *
 * @see <a
 *     href="https://man7.org/linux/man-pages/man7/path_resolution.7.html">path_resolution(7)</a>
 * @see <a href="https://man7.org/linux/man-pages/man7/inode.7.html">inode(7)</a>
 */
final class Permissions {

  private static final int STICKY = 01000;
  private static final int SET_GROUP = 02000;
  private static final int SET_IDS = 06000;
  private static final int ALL_BITS = 07777;

  private final Mounts mounts;
  private final Credentials credentials;

  Permissions(Mounts mounts, Credentials credentials) {
    this.mounts = mounts;
    this.credentials = credentials;
  }

  /**
   * Asks for all of something.
   *
   * @param wanted the sum of 4 to read, 2 to write, 1 to execute or to search a folder
   * @throws PosixException {@code EACCES}
   */
  void require(FileStat stat, int wanted) throws IOException {
    if (!credentials.may(stat, wanted)) {
      throw Errno.EACCES.exception();
    }
  }

  /**
   * The location itself, if its mount takes writes.
   *
   * @throws PosixException {@code EROFS}
   */
  Location inWritableMount(Location location) throws IOException {
    if (location.readOnly() && !location.node().standsForAnother()) {
      throw Errno.EROFS.exception();
    }
    return location;
  }

  /**
   * The folder itself, if names may come into it.
   *
   * @throws PosixException {@code EACCES} or {@code EROFS}
   */
  Location addable(Location folder) throws IOException {
    require(folder.node().stat(), 3);
    return inWritableMount(folder);
  }

  /**
   * The file itself, if what only an owner changes may be changed.
   *
   * @throws PosixException {@code EPERM} or {@code EROFS}
   */
  Location owned(Location file) throws IOException {
    if (!credentials.owns(file.node().stat())) {
      throw Errno.EPERM.exception();
    }
    return inWritableMount(file);
  }

  /**
   * The folder that a file's name may be taken out of.
   *
   * @throws PosixException {@code EBUSY} for a mount, {@code EPERM} for another's in a sticky
   *     folder
   */
  Node removableFrom(Walk walk, FileStat file) throws IOException {
    if (mounts.at(walk.found().orElseThrow().path()).isPresent()) {
      throw Errno.EBUSY.exception();
    }
    Location folder = addable(walk.folder());
    FileStat stat = folder.node().stat();
    boolean sticky = (stat.mode() & STICKY) != 0;
    if (sticky && credentials.uid() != stat.uid() && !credentials.owns(file)) {
      throw Errno.EPERM.exception();
    }
    return folder.node();
  }

  /** The group of a new file: its folder's, if that gives it on. */
  int groupIn(FileStat folder) {
    return (folder.mode() & SET_GROUP) != 0 ? folder.gid() : credentials.gid();
  }

  /**
   * What a new file gets of its folder's mode: a folder in one that gives its group does so too.
   */
  int inheritedMode(FileStat folder, FileType type) {
    return type == FileType.DIRECTORY ? folder.mode() & SET_GROUP : 0;
  }

  /** What is left of a new mode: who is not in a file's group cannot let it give that. */
  int settableMode(FileStat stat, int mode) {
    boolean keeps = credentials.isIn(stat.gid()) || credentials.can(FSETID);
    return mode & (keeps ? ALL_BITS : ALL_BITS & ~SET_GROUP);
  }

  /** What is left of a mode after a change of owner, which lets no file run as somebody else. */
  int modeAfterGiving(FileStat stat) {
    return stat.isRegular() ? stat.mode() & ~SET_IDS : stat.mode();
  }

  /**
   * Asks to give a file away.
   *
   * @param uid -1 leaves the owner
   * @param gid -1 leaves the group
   * @throws PosixException {@code EPERM}
   */
  void requireGiving(FileStat stat, int uid, int gid) throws IOException {
    boolean own =
        stat.uid() == credentials.uid()
            && (uid == -1 || uid == stat.uid())
            && (gid == -1 || gid == stat.gid() || credentials.isIn(gid));
    if (!own) {
      credentials.need(CHOWN);
    }
  }
}
