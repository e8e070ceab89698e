package io.sockerless.agent.program.posix;

import static io.sockerless.agent.program.posix.PosixException.check;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * An open folder, in which names are worked on that are no paths: whoever swaps a folder on the way
 * for a link meanwhile leads nobody anywhere, as no link is ever followed.
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/openat.2.html">openat(2)</a>
 */
public final class Folder implements AutoCloseable {

  private static final long PATH_ONLY = 010000000;
  private static final long FOLDER_ONLY = SystemCall.IS_ARM ? 040000 : 0200000;
  private static final long NO_LINK = SystemCall.IS_ARM ? 0100000 : 0400000;
  private static final long WRITE = 1;
  private static final long CREATE = 0100;
  private static final long EXCLUSIVE = 0200;
  private static final long NON_BLOCKING = 04000;
  private static final long REMOVE_FOLDER = 0x200;
  private static final int MAX_PATH = 4_096;
  private static final int FILE_SYSTEM_SIZE = 256;

  /** Of proc, sysfs, both cgroups, devpts, mqueue, debugfs, tracefs, securityfs and bpf. */
  private static final Set<Long> MADE_UP =
      Set.of(
          0x9fa0L,
          0x62656572L,
          0x27e0ebL,
          0x63677270L,
          0x1cd1L,
          0x19800202L,
          0x64626720L,
          0x74726163L,
          0x73636673L,
          0xcafe4a11L);

  private final Descriptor descriptor;

  private Folder(Descriptor descriptor) {
    this.descriptor = descriptor;
  }

  /** Opens a folder by a path, whose links are followed. */
  public static Folder open(String path) throws PosixException {
    return new Folder(open(FileStatus.HERE, path, PATH_ONLY | FOLDER_ONLY, 0));
  }

  private static Descriptor open(long at, String path, long flags, int mode) throws PosixException {
    try (Arena arena = Arena.ofConfined()) {
      long name = Native.text(arena, path);
      return Descriptor.of(Native.OPENAT.callInt(at, name, flags | Descriptor.CLOSE_ON_EXEC, mode));
    }
  }

  /** A call with one name. */
  @FunctionalInterface
  private interface Call {
    int with(long folder, long name);
  }

  private void call(String name, Call call) throws PosixException {
    try (Arena arena = Arena.ofConfined()) {
      check(call.with(descriptor.number(), Native.text(arena, name)));
    }
  }

  /** Opens a folder in this one. */
  public Folder enter(String name) throws PosixException {
    return new Folder(open(descriptor.number(), name, PATH_ONLY | FOLDER_ONLY | NO_LINK, 0));
  }

  /** The same folder, to be closed by itself. */
  public Folder again() throws PosixException {
    return new Folder(descriptor.duplicate());
  }

  /** What the folder itself is. */
  public FileStatus status() throws PosixException {
    return FileStatus.of(descriptor.number(), "", FileStatus.EMPTY_PATH);
  }

  /** Whether the folder is in a file system whose files the kernel makes up. */
  public boolean isMadeUp() throws PosixException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment told = arena.allocate(FILE_SYSTEM_SIZE, 8);
      check(Native.FSTATFS.callInt(descriptor.number(), told.address()));
      return MADE_UP.contains(told.get(ValueLayout.JAVA_LONG, 0));
    }
  }

  /** What a name stands for; a link for itself. */
  public FileStatus status(String name) throws PosixException {
    return FileStatus.of(descriptor.number(), name, FileStatus.NO_FOLLOW);
  }

  /** The same, empty if there is no such name. */
  public Optional<FileStatus> find(String name) throws PosixException {
    try {
      return Optional.of(status(name));
    } catch (PosixException e) {
      if (e.errno() == Errno.ENOENT) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** All names but the dots, in their order. */
  public List<String> names() throws PosixException {
    try (Descriptor listing = open(descriptor.number(), ".", FOLDER_ONLY, 0)) {
      return FolderListing.read(listing);
    }
  }

  /** What a link says. */
  public String readLink(String name) throws PosixException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment target = arena.allocate(MAX_PATH);
      long path = Native.text(arena, name);
      long length =
          check(Native.READLINKAT.call(descriptor.number(), path, target.address(), MAX_PATH));
      return FolderListing.text(target.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE));
    }
  }

  /** Opens a file for reading, which does not wait for anybody even if it is a pipe. */
  public Descriptor read(String name) throws PosixException {
    return open(descriptor.number(), name, NO_LINK | NON_BLOCKING, 0);
  }

  /** Makes a file, which must not be there, and opens it for writing. */
  public Descriptor create(String name, int mode) throws PosixException {
    return open(descriptor.number(), name, WRITE | CREATE | EXCLUSIVE | NO_LINK, mode);
  }

  /** Makes a folder. */
  public void makeFolder(String name, int mode) throws PosixException {
    call(name, (folder, path) -> Native.MKDIRAT.callInt(folder, path, mode));
  }

  /** Makes a symbolic link, which may say anything. */
  public void makeLink(String target, String name) throws PosixException {
    try (Arena arena = Arena.ofConfined()) {
      long says = Native.text(arena, target);
      call(name, (folder, path) -> Native.SYMLINKAT.callInt(says, folder, path));
    }
  }

  /** Makes one more name for a file; a link gets the name itself. */
  public void join(Folder other, String target, String name) throws PosixException {
    try (Arena arena = Arena.ofConfined()) {
      long from = Native.text(arena, target);
      call(
          name,
          (folder, path) ->
              Native.LINKAT.callInt(other.descriptor.number(), from, folder, path, 0));
    }
  }

  /**
   * Makes a pipe or a device.
   *
   * @param mode with the type
   */
  public void makeNode(String name, int mode, int major, int minor) throws PosixException {
    long device =
        (major & 0xfffL) << 8
            | (minor & 0xffL)
            | (minor & 0xffffff00L) << 12
            | (major & ~0xfffL) << 32;
    call(name, (folder, path) -> Native.MKNODAT.callInt(folder, path, mode, device));
  }

  /** Removes a name, of what is no folder. */
  public void unlink(String name) throws PosixException {
    call(name, (folder, path) -> Native.UNLINKAT.callInt(folder, path, 0));
  }

  /** Removes an empty folder. */
  public void removeFolder(String name) throws PosixException {
    call(name, (folder, path) -> Native.UNLINKAT.callInt(folder, path, REMOVE_FOLDER));
  }

  /** Changes whose a file is; a link itself. */
  public void setOwner(String name, int uid, int gid) throws PosixException {
    long flags = FileStatus.NO_FOLLOW;
    call(name, (folder, path) -> Native.FCHOWNAT.callInt(folder, path, uid, gid, flags));
  }

  /**
   * Changes the permission bits of what is no link. The kernel's call for that follows links, so
   * the file is opened first, and then named by its descriptor.
   */
  public void setMode(String name, int mode) throws PosixException {
    try (Descriptor file = open(descriptor.number(), name, PATH_ONLY | NO_LINK, 0);
        Arena arena = Arena.ofConfined()) {
      long path = Native.text(arena, "/proc/self/fd/" + file.number());
      check(Native.FCHMODAT.callInt(FileStatus.HERE, path, mode, 0));
    }
  }

  /** Changes when a file was read and written last; a link itself. */
  public void setTime(String name, Instant time) throws PosixException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment times = arena.allocate(ValueLayout.JAVA_LONG, 4);
      for (int i = 0; i < 4; i += 2) {
        times.setAtIndex(ValueLayout.JAVA_LONG, i, time.getEpochSecond());
        times.setAtIndex(ValueLayout.JAVA_LONG, i + 1L, time.getNano());
      }
      long flags = FileStatus.NO_FOLLOW;
      call(name, (folder, path) -> Native.UTIMENSAT.callInt(folder, path, times.address(), flags));
    }
  }

  @Override
  public void close() {
    descriptor.close();
  }
}
