package io.sockerless.backend.memory.fs;

import static io.sockerless.backend.core.driver.LinuxCapability.MKNOD;

import io.sockerless.backend.memory.fs.PathWalker.Walk;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Files by their paths, as one process sees them: its working directory, its user, its umask, and
 * what is mounted.
 *
 * <p>Every method fails with a {@link PosixException} as its namesake of Linux does.
 */
public final class Paths {

  private final Mounts mounts;
  private final Credentials credentials;
  private final PathWalker walker;
  private final Permissions rules;
  private Location directory;
  private int umask;

  /** The root as working directory, umask 022. */
  public Paths(Mounts mounts, Credentials credentials) throws IOException {
    this.mounts = mounts;
    this.credentials = credentials;
    this.walker = new PathWalker(mounts, credentials);
    this.rules = new Permissions(mounts, credentials);
    this.directory = walker.root();
    this.umask = 022;
  }

  private Paths(Paths other, Credentials credentials) {
    this.mounts = other.mounts;
    this.credentials = credentials;
    this.walker = new PathWalker(mounts, credentials);
    this.rules = new Permissions(mounts, credentials);
    this.directory = other.directory;
    this.umask = other.umask;
  }

  /** The same view for a process of its own. */
  public Paths copy() {
    return new Paths(this, credentials);
  }

  /** The same view for another user. */
  public Paths as(Credentials other) {
    return new Paths(this, other);
  }

  /** Who asks. */
  public Credentials credentials() {
    return credentials;
  }

  /** What is mounted. */
  public Mounts mounts() {
    return mounts;
  }

  /** The working directory, absolute and without links. */
  public String directory() {
    return directory.path();
  }

  /** Changes the working directory. */
  public void changeDirectory(String path) throws IOException {
    Location target = locate(path);
    FileStat stat = target.node().stat();
    if (!stat.isDirectory()) {
      throw Errno.ENOTDIR.exception();
    }
    rules.require(stat, 1);
    directory = target;
  }

  /** The permission bits that new files do not get. */
  public int umask() {
    return umask;
  }

  /** Changes the umask. */
  public void setUmask(int bits) {
    umask = bits & 0777;
  }

  /** The folder that a path lies in, textually; {@code /} of {@code /}. */
  public static String parent(String path) {
    int slash = path.lastIndexOf('/');
    return slash <= 0 ? "/" : path.substring(0, slash);
  }

  /** Finds a file; a link at the end is followed. */
  public Location locate(String path) throws IOException {
    return locate(path, true);
  }

  /** Finds a file. */
  public Location locate(String path, boolean followLast) throws IOException {
    Walk walk = walk(path, followLast);
    return walk.found().orElseThrow(Errno.ENOENT::exception);
  }

  /** Whether there is something, a dangling link counted as nothing. */
  public boolean exists(String path) {
    try {
      locate(path);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** Describes a file; links are followed. */
  public FileStat stat(String path) throws IOException {
    return locate(path).node().stat();
  }

  /** Describes a file, a link itself. */
  public FileStat lstat(String path) throws IOException {
    return locate(path, false).node().stat();
  }

  /** The path without links and dots; all of it must be there. */
  public String realPath(String path) throws IOException {
    return locate(path).path();
  }

  /** Where a link leads, as it was written. */
  public String readLink(String path) throws IOException {
    return locate(path, false).node().readLink();
  }

  /**
   * Whether the user may do all of something.
   *
   * @param wanted the sum of 4 to read, 2 to write, 1 to execute
   */
  public boolean access(String path, int wanted) {
    try {
      Location location = locate(path);
      FileStat stat = location.node().stat();
      return credentials.may(stat, wanted)
          && ((wanted & 2) == 0 || !isKeptFromWriting(location, stat));
    } catch (IOException e) {
      return false;
    }
  }

  /** Pipes and devices take writes on a read-only mount as well: nothing of it changes. */
  private static boolean isKeptFromWriting(Location location, FileStat stat) {
    return location.readOnly() && (stat.isRegular() || stat.isDirectory());
  }

  /** The names in a folder, those of mounts included. */
  public List<DirectoryEntry> list(String path) throws IOException {
    Location folder = locate(path);
    rules.require(folder.node().stat(), 4);
    List<DirectoryEntry> entries = new ArrayList<>(folder.node().entries());
    List<String> mounted = mounts.below(folder.path());
    if (!mounted.isEmpty()) {
      Set<String> covered = new HashSet<>(mounted);
      entries.removeIf(entry -> covered.contains(entry.name()));
      for (String name : mounted) {
        FileStat stat = walker.mounted(folder.child(name)).node().stat();
        entries.add(new DirectoryEntry(name, stat.type(), stat.inode()));
      }
    }
    return entries;
  }

  /** Opens a file that is there. */
  public OpenFile open(String path, OpenMode mode) throws IOException {
    return open(locate(path), mode);
  }

  /**
   * Opens a file, and makes it if it is not there.
   *
   * @param permissions of a new file, before the umask
   * @param exclusive fail with {@link Errno#EEXIST} if it is there
   */
  public OpenFile create(String path, OpenMode mode, int permissions, boolean exclusive)
      throws IOException {
    Walk walk = walk(path, !exclusive);
    if (walk.found().isPresent()) {
      if (exclusive) {
        throw Errno.EEXIST.exception();
      }
      return open(walk.found().get(), mode);
    }
    if (walk.endsInSlash()) {
      throw Errno.EISDIR.exception();
    }
    Location folder = rules.addable(walk.folder());
    try {
      NewNode spec =
          NewNode.file(
              permissions & ~umask, credentials.uid(), rules.groupIn(folder.node().stat()));
      Node node = folder.node().create(walk.name(), spec);
      return node.open(mode).openedAt(folder.child(walk.name()));
    } catch (PosixException e) {
      if (e.errno() == Errno.EEXIST && !exclusive) {
        return open(locate(path), mode);
      }
      throw e;
    }
  }

  private OpenFile open(Location location, OpenMode mode) throws IOException {
    FileStat stat = location.node().stat();
    rules.require(stat, (mode.read() ? 4 : 0) + (mode.write() ? 2 : 0));
    if (mode.write() && stat.isDirectory()) {
      throw Errno.EISDIR.exception();
    }
    if (mode.write() && isKeptFromWriting(location, stat)) {
      throw Errno.EROFS.exception();
    }
    return location.node().open(mode).openedAt(location.path());
  }

  /** Makes a folder. */
  public void makeDirectory(String path, int permissions) throws IOException {
    make(path, FileType.DIRECTORY, permissions & ~umask, 0, "");
  }

  /** Makes a FIFO or a device node. */
  public void makeNode(String path, FileType type, int permissions, long deviceNumber)
      throws IOException {
    if (type != FileType.FIFO) {
      credentials.need(MKNOD);
    }
    make(path, type, permissions & ~umask, deviceNumber, "");
  }

  /** Makes a symbolic link. */
  public void makeLink(String target, String path) throws IOException {
    make(path, FileType.SYMLINK, 0777, 0, target);
  }

  private void make(String path, FileType type, int mode, long deviceNumber, String target)
      throws IOException {
    Walk walk = walk(path, false);
    if (walk.found().isPresent()) {
      throw Errno.EEXIST.exception();
    }
    if (walk.endsInSlash() && type != FileType.DIRECTORY) {
      throw Errno.ENOENT.exception();
    }
    Location folder = rules.addable(walk.folder());
    FileStat stat = folder.node().stat();
    int ownMode = mode | rules.inheritedMode(stat, type);
    int group = rules.groupIn(stat);
    folder
        .node()
        .create(
            walk.name(),
            new NewNode(type, ownMode, credentials.uid(), group, deviceNumber, target));
  }

  /** Gives a file one more name in the same tree. */
  public void hardLink(String existing, String path) throws IOException {
    Location file = locate(existing, false);
    if (file.node().stat().isDirectory()) {
      throw Errno.EPERM.exception();
    }
    Walk walk = walk(path, false);
    if (walk.found().isPresent()) {
      throw Errno.EEXIST.exception();
    }
    Location folder = rules.addable(walk.folder());
    if (!folder.node().tree().equals(file.node().tree())) {
      throw Errno.EXDEV.exception();
    }
    folder.node().link(walk.name(), file.node());
  }

  /** Takes away a name that is no folder's. */
  public void unlink(String path) throws IOException {
    Walk walk = walk(path, false);
    Location file = walk.found().orElseThrow(Errno.ENOENT::exception);
    FileStat stat = file.node().stat();
    if (stat.isDirectory()) {
      throw Errno.EISDIR.exception();
    }
    rules.removableFrom(walk, stat).unlink(walk.name());
  }

  /** Removes an empty folder. */
  public void removeDirectory(String path) throws IOException {
    Walk walk = walk(path, false);
    Location folder = walk.found().orElseThrow(Errno.ENOENT::exception);
    FileStat stat = folder.node().stat();
    if (!stat.isDirectory()) {
      throw Errno.ENOTDIR.exception();
    }
    if (walk.name().isEmpty()) {
      throw (folder.path().equals("/") ? Errno.EBUSY : Errno.EINVAL).exception();
    }
    rules.removableFrom(walk, stat).removeDirectory(walk.name());
  }

  /** Moves a file within its tree, over what is there. */
  public void rename(String from, String to) throws IOException {
    Walk source = walk(from, false);
    Location file = source.found().orElseThrow(Errno.ENOENT::exception);
    Walk target = walk(to, false);
    if (source.name().isEmpty() || target.name().isEmpty()) {
      throw Errno.EBUSY.exception();
    }
    Node sourceFolder = rules.removableFrom(source, file.node().stat());
    Node targetFolder =
        target.found().isPresent()
            ? rules.removableFrom(target, target.found().get().node().stat())
            : rules.addable(target.folder()).node();
    if (!sourceFolder.tree().equals(targetFolder.tree())) {
      throw Errno.EXDEV.exception();
    }
    String newPath = target.folder().child(target.name());
    if (newPath.startsWith(file.path() + "/")) {
      throw Errno.EINVAL.exception();
    }
    sourceFolder.rename(source.name(), targetFolder, target.name());
  }

  /** Changes the permission bits; links are followed. */
  public void setMode(String path, int mode) throws IOException {
    Location file = rules.owned(locate(path));
    file.node().setMode(rules.settableMode(file.node().stat(), mode));
  }

  /**
   * Changes owner and group.
   *
   * @param uid -1 leaves the owner
   * @param gid -1 leaves the group
   */
  public void setOwner(String path, int uid, int gid, boolean follow) throws IOException {
    Location file = rules.inWritableMount(locate(path, follow));
    FileStat stat = file.node().stat();
    rules.requireGiving(stat, uid, gid);
    file.node().setOwner(uid == -1 ? stat.uid() : uid, gid == -1 ? stat.gid() : gid);
    int mode = rules.modeAfterGiving(stat);
    if (mode != stat.mode()) {
      file.node().setMode(mode);
    }
  }

  /**
   * Sets all extended attributes of the file itself, though it be a link; nothing where they are
   * not kept. Their values are bytes, a char each.
   */
  public void setExtendedAttributes(String path, Map<String, String> extended) throws IOException {
    try {
      rules.owned(locate(path, false)).node().setExtendedAttributes(extended);
    } catch (PosixException e) {
      if (e.errno() != Errno.EOPNOTSUPP) {
        throw e;
      }
    }
  }

  /** Changes the times of access and of modification. */
  public void setTimes(String path, Instant accessed, Instant modified, boolean follow)
      throws IOException {
    rules.owned(locate(path, follow)).node().setTimes(accessed, modified);
  }

  /** Changes both times to now, which whoever may write the file may do as well. */
  public void touch(String path, boolean follow) throws IOException {
    Location file = locate(path, follow);
    FileStat stat = file.node().stat();
    if (!credentials.owns(stat)) {
      rules.require(stat, 2);
    }
    Instant now = Instant.now();
    rules.inWritableMount(file).node().setTimes(now, now);
  }

  /** Cuts a file, or lengthens it with zeros. */
  public void truncate(String path, long size) throws IOException {
    Location file = rules.inWritableMount(locate(path));
    rules.require(file.node().stat(), 2);
    file.node().truncate(size);
  }

  private Walk walk(String path, boolean followLast) throws IOException {
    return walker.walk(directory, path, followLast);
  }
}
