package io.sockerless.backend.memory.wasm;

import io.sockerless.backend.memory.fs.Errno;
import io.sockerless.backend.memory.fs.FileStat;
import io.sockerless.backend.memory.fs.FileType;
import io.sockerless.backend.memory.fs.OpenFile;
import io.sockerless.backend.memory.fs.OpenMode;
import io.sockerless.backend.memory.fs.Paths;
import io.sockerless.backend.memory.fs.PosixException;
import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.kernel.Text;
import io.sockerless.backend.memory.wasm.WasiCall.Arguments;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import run.endive.runtime.Memory;

/** WASI's functions on paths, all of them the container's. */
final class WasiPaths {

  private static final int FOLLOW = 1;
  private static final int CREATE = 1;
  private static final int FOLDER = 2;
  private static final int EXCLUSIVE = 4;

  /** The flags for both times to become that of the call. */
  private static final int BOTH_NOW = 2 | 8;

  private static final int TRUNCATE = 8;
  private static final int APPEND = 1;
  private static final long READ_RIGHT = 1 << 1;
  private static final long WRITE_RIGHT = 1 << 6;
  private static final int NEW_FILE = 0666;
  private static final int NEW_FOLDER = 0777;

  /** Times to set. */
  record Times(Instant accessed, Instant modified) {}

  private final Task task;
  private final WasiFiles files;

  WasiPaths(Task task, WasiFiles files) {
    this.task = task;
    this.files = files;
  }

  List<WasiCall> calls() {
    return List.of(
        WasiCall.of("path_create_directory", "iii", this::makeFolder),
        WasiCall.of("path_filestat_get", "iiiii", this::stat),
        WasiCall.of("path_filestat_set_times", "iiiilli", this::setTimes),
        WasiCall.of("path_link", "iiiiiii", this::link),
        WasiCall.of("path_open", "iiiiillii", this::open),
        WasiCall.of("path_readlink", "iiiiii", this::readLink),
        WasiCall.of("path_remove_directory", "iii", this::removeFolder),
        WasiCall.of("path_rename", "iiiiii", this::rename),
        WasiCall.of("path_symlink", "iiiii", this::symbolicLink),
        WasiCall.of("path_unlink_file", "iii", this::unlink));
  }

  private Paths paths() {
    return task.files();
  }

  private static String text(Memory memory, Arguments arguments, int index) {
    byte[] bytes = memory.readBytes(arguments.i32(index), arguments.i32(index + 1));
    return Text.decode(bytes, 0, bytes.length);
  }

  /** The path whose folder, place and length are at an index. */
  private String path(Memory memory, Arguments arguments, int index) throws IOException {
    return files.resolve(arguments.i32(index), text(memory, arguments, index + 1));
  }

  private int makeFolder(Memory memory, Arguments arguments) throws IOException {
    paths().makeDirectory(path(memory, arguments, 0), NEW_FOLDER);
    return WasiErrno.SUCCESS;
  }

  private int stat(Memory memory, Arguments arguments) throws IOException {
    String path = files.resolve(arguments.i32(0), text(memory, arguments, 2));
    boolean follow = (arguments.i32(1) & FOLLOW) != 0;
    write(memory, arguments.i32(4), follow ? paths().stat(path) : paths().lstat(path));
    return WasiErrno.SUCCESS;
  }

  private int setTimes(Memory memory, Arguments arguments) throws IOException {
    String path = files.resolve(arguments.i32(0), text(memory, arguments, 2));
    boolean follow = (arguments.i32(1) & FOLLOW) != 0;
    if (arguments.i32(6) == BOTH_NOW) {
      paths().touch(path, follow);
      return WasiErrno.SUCCESS;
    }
    FileStat stat = follow ? paths().stat(path) : paths().lstat(path);
    Times times = times(stat, arguments.i64(4), arguments.i64(5), arguments.i32(6));
    paths().setTimes(path, times.accessed(), times.modified(), follow);
    return WasiErrno.SUCCESS;
  }

  private int link(Memory memory, Arguments arguments) throws IOException {
    String from = files.resolve(arguments.i32(0), text(memory, arguments, 2));
    paths().hardLink(from, path(memory, arguments, 4));
    return WasiErrno.SUCCESS;
  }

  private int open(Memory memory, Arguments arguments) throws IOException {
    String path = files.resolve(arguments.i32(0), text(memory, arguments, 2));
    boolean follow = (arguments.i32(1) & FOLLOW) != 0;
    int flags = arguments.i32(4);
    long rights = arguments.i64(5);
    int descriptorFlags = arguments.i32(7);
    Optional<FileStat> stat = find(path, follow);
    if (!follow && stat.filter(FileStat::isLink).isPresent()) {
      throw Errno.ELOOP.exception();
    }
    WasiFiles.Opened opened;
    if (stat.filter(FileStat::isDirectory).isPresent()) {
      if ((flags & EXCLUSIVE) != 0) {
        throw Errno.EEXIST.exception();
      }
      if ((flags & TRUNCATE) != 0) {
        throw Errno.EISDIR.exception();
      }
      opened =
          new WasiFiles.Opened(
              Optional.empty(), Optional.of(paths().realPath(path)), descriptorFlags, rights);
    } else if ((flags & FOLDER) != 0) {
      throw (stat.isEmpty() ? Errno.ENOENT : Errno.ENOTDIR).exception();
    } else {
      opened =
          new WasiFiles.Opened(
              Optional.of(open(path, flags, rights, descriptorFlags)),
              Optional.empty(),
              descriptorFlags,
              rights);
    }
    memory.writeI32(arguments.i32(8), files.add(opened));
    return WasiErrno.SUCCESS;
  }

  private Optional<FileStat> find(String path, boolean follow) throws IOException {
    try {
      return Optional.of(follow ? paths().stat(path) : paths().lstat(path));
    } catch (PosixException e) {
      if (e.errno() == Errno.ENOENT) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private OpenFile open(String path, int flags, long rights, int descriptorFlags)
      throws IOException {
    boolean append = (descriptorFlags & APPEND) != 0;
    boolean truncate = (flags & TRUNCATE) != 0;
    boolean write = (rights & WRITE_RIGHT) != 0 || append || truncate;
    boolean read = (rights & READ_RIGHT) != 0 || !write;
    OpenMode mode = new OpenMode(read, write, append, truncate);
    return (flags & CREATE) != 0
        ? paths().create(path, mode, NEW_FILE, (flags & EXCLUSIVE) != 0)
        : paths().open(path, mode);
  }

  private int readLink(Memory memory, Arguments arguments) throws IOException {
    byte[] target = Text.encode(paths().readLink(path(memory, arguments, 0)));
    int count = Math.min(target.length, arguments.i32(4));
    memory.write(arguments.i32(3), target, 0, count);
    memory.writeI32(arguments.i32(5), count);
    return WasiErrno.SUCCESS;
  }

  private int removeFolder(Memory memory, Arguments arguments) throws IOException {
    paths().removeDirectory(path(memory, arguments, 0));
    return WasiErrno.SUCCESS;
  }

  private int rename(Memory memory, Arguments arguments) throws IOException {
    paths().rename(path(memory, arguments, 0), path(memory, arguments, 3));
    return WasiErrno.SUCCESS;
  }

  private int symbolicLink(Memory memory, Arguments arguments) throws IOException {
    paths().makeLink(text(memory, arguments, 0), path(memory, arguments, 2));
    return WasiErrno.SUCCESS;
  }

  private int unlink(Memory memory, Arguments arguments) throws IOException {
    paths().unlink(path(memory, arguments, 0));
    return WasiErrno.SUCCESS;
  }

  /** The times that a call asks for: given ones, now, or those that the file has. */
  static Times times(FileStat stat, long accessed, long modified, int flags) {
    Instant now = Instant.now();
    return new Times(
        time(flags, accessed, now, stat.accessed()),
        time(flags >> 2, modified, now, stat.modified()));
  }

  private static Instant time(int flags, long given, Instant now, Instant before) {
    if ((flags & 1) != 0) {
      return Instant.ofEpochSecond(0, given);
    }
    return (flags & 2) != 0 ? now : before;
  }

  static void write(Memory memory, int at, FileStat stat) {
    memory.writeLong(at, stat.device());
    memory.writeLong(at + 8, stat.inode());
    memory.writeLong(at + 16, type(stat.type()));
    memory.writeLong(at + 24, stat.links());
    memory.writeLong(at + 32, stat.size());
    memory.writeLong(at + 40, nanos(stat.accessed()));
    memory.writeLong(at + 48, nanos(stat.modified()));
    memory.writeLong(at + 56, nanos(stat.changed()));
  }

  static long nanos(Instant time) {
    return time.getEpochSecond() * 1_000_000_000L + time.getNano();
  }

  static int type(FileType type) {
    return switch (type) {
      case BLOCK -> 1;
      case CHARACTER -> 2;
      case DIRECTORY -> 3;
      case REGULAR -> 4;
      case SOCKET, FIFO -> 6;
      case SYMLINK -> 7;
    };
  }
}
