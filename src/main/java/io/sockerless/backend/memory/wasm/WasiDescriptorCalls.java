package io.sockerless.backend.memory.wasm;

import io.sockerless.backend.memory.fs.DirectoryEntry;
import io.sockerless.backend.memory.fs.Errno;
import io.sockerless.backend.memory.fs.FileStat;
import io.sockerless.backend.memory.fs.FileType;
import io.sockerless.backend.memory.fs.OpenFile;
import io.sockerless.backend.memory.kernel.FileInput;
import io.sockerless.backend.memory.kernel.FileOutput;
import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.kernel.Text;
import io.sockerless.backend.memory.wasm.WasiCall.Arguments;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Comparator;
import java.util.List;
import run.endive.runtime.Memory;

/** WASI's functions on what is open. */
final class WasiDescriptorCalls {

  private static final int CHUNK = 65_536;
  private static final int PRESTAT_FOLDER = 0;

  private final Task task;
  private final WasiFiles files;

  WasiDescriptorCalls(Task task, WasiFiles files) {
    this.task = task;
    this.files = files;
  }

  List<WasiCall> calls() {
    return List.of(
        WasiCall.of("fd_advise", "illi", (memory, it) -> exists(it.i32(0))),
        WasiCall.of("fd_allocate", "ill", (memory, it) -> allocate(it)),
        WasiCall.of("fd_close", "i", (memory, it) -> close(it.i32(0))),
        WasiCall.of("fd_datasync", "i", (memory, it) -> sync(it.i32(0))),
        WasiCall.of("fd_sync", "i", (memory, it) -> sync(it.i32(0))),
        WasiCall.of("fd_fdstat_get", "ii", this::describe),
        WasiCall.of("fd_fdstat_set_flags", "ii", (memory, it) -> setFlags(it)),
        WasiCall.of("fd_fdstat_set_rights", "ill", (memory, it) -> exists(it.i32(0))),
        WasiCall.of("fd_filestat_get", "ii", this::stat),
        WasiCall.of("fd_filestat_set_size", "il", (memory, it) -> setSize(it)),
        WasiCall.of("fd_filestat_set_times", "illi", (memory, it) -> setTimes(it)),
        WasiCall.of("fd_read", "iiii", (memory, it) -> read(memory, it, -1, it.i32(3))),
        WasiCall.of("fd_pread", "iiili", (memory, it) -> read(memory, it, it.i64(3), it.i32(4))),
        WasiCall.of("fd_write", "iiii", (memory, it) -> write(memory, it, -1, it.i32(3))),
        WasiCall.of("fd_pwrite", "iiili", (memory, it) -> write(memory, it, it.i64(3), it.i32(4))),
        WasiCall.of("fd_prestat_get", "ii", this::prestat),
        WasiCall.of("fd_prestat_dir_name", "iii", this::prestatName),
        WasiCall.of("fd_readdir", "iiili", this::list),
        WasiCall.of("fd_renumber", "ii", (memory, it) -> renumber(it)),
        WasiCall.of("fd_seek", "ilii", this::seek),
        WasiCall.of("fd_tell", "ii", this::tell),
        WasiCall.of("sock_accept", "iii", (memory, it) -> WasiErrno.NOTSOCK),
        WasiCall.of("sock_recv", "iiiiii", (memory, it) -> WasiErrno.NOTSOCK),
        WasiCall.of("sock_send", "iiiii", (memory, it) -> WasiErrno.NOTSOCK),
        WasiCall.of("sock_shutdown", "ii", (memory, it) -> WasiErrno.NOTSOCK));
  }

  private int exists(int number) throws IOException {
    files.get(number);
    return WasiErrno.SUCCESS;
  }

  private int allocate(Arguments arguments) throws IOException {
    OpenFile file = files.file(arguments.i32(0));
    long size = arguments.i64(1) + arguments.i64(2);
    if (size > file.stat().size()) {
      file.truncate(size);
    }
    return WasiErrno.SUCCESS;
  }

  private int close(int number) throws IOException {
    files.close(number);
    return WasiErrno.SUCCESS;
  }

  private int sync(int number) throws IOException {
    files.file(number).sync();
    return WasiErrno.SUCCESS;
  }

  private int describe(Memory memory, Arguments arguments) throws IOException {
    WasiFiles.Opened opened = files.get(arguments.i32(0));
    FileType type =
        opened.file().isPresent() ? opened.file().get().stat().type() : FileType.DIRECTORY;
    int at = arguments.i32(1);
    memory.writeByte(at, (byte) WasiPaths.type(type));
    memory.writeByte(at + 1, (byte) 0);
    memory.writeShort(at + 2, (short) opened.flags());
    memory.writeI32(at + 4, 0);
    memory.writeLong(at + 8, opened.rights());
    memory.writeLong(at + 16, opened.rights());
    return WasiErrno.SUCCESS;
  }

  private int setFlags(Arguments arguments) throws IOException {
    WasiFiles.Opened opened = files.get(arguments.i32(0));
    files.set(
        arguments.i32(0),
        new WasiFiles.Opened(opened.file(), opened.path(), arguments.i32(1), opened.rights()));
    return WasiErrno.SUCCESS;
  }

  private int stat(Memory memory, Arguments arguments) throws IOException {
    WasiFiles.Opened opened = files.get(arguments.i32(0));
    FileStat stat =
        opened.file().isPresent()
            ? opened.file().get().stat()
            : task.files().stat(files.folder(arguments.i32(0)));
    WasiPaths.write(memory, arguments.i32(1), stat);
    return WasiErrno.SUCCESS;
  }

  private int setSize(Arguments arguments) throws IOException {
    files.file(arguments.i32(0)).truncate(arguments.i64(1));
    return WasiErrno.SUCCESS;
  }

  private int setTimes(Arguments arguments) throws IOException {
    OpenFile file = files.file(arguments.i32(0));
    WasiPaths.Times times =
        WasiPaths.times(file.stat(), arguments.i64(1), arguments.i64(2), arguments.i32(3));
    file.node().orElseThrow(Errno.EINVAL::exception).setTimes(times.accessed(), times.modified());
    return WasiErrno.SUCCESS;
  }

  /** Reads into the first buffers, as much as one read gives. */
  private int read(Memory memory, Arguments arguments, long position, int result)
      throws IOException {
    OpenFile file = files.file(arguments.i32(0));
    int total = 0;
    for (int i = 0; i < arguments.i32(2); i++) {
      int vector = arguments.i32(1) + i * 8;
      int length = memory.readInt(vector + 4);
      if (length == 0) {
        continue;
      }
      byte[] bytes = new byte[Math.min(length, CHUNK)];
      int read =
          position < 0
              ? new FileInput(file).read(bytes, 0, bytes.length)
              : file.readAt(position + total, bytes, 0, bytes.length);
      if (read > 0) {
        memory.write(memory.readInt(vector), bytes, 0, read);
        total += read;
      }
      if (read < length) {
        break;
      }
    }
    memory.writeI32(result, total);
    return WasiErrno.SUCCESS;
  }

  private int write(Memory memory, Arguments arguments, long position, int result)
      throws IOException {
    OpenFile file = files.file(arguments.i32(0));
    int total = 0;
    for (int i = 0; i < arguments.i32(2); i++) {
      int vector = arguments.i32(1) + i * 8;
      int at = memory.readInt(vector);
      int left = memory.readInt(vector + 4);
      while (left > 0) {
        byte[] bytes = memory.readBytes(at, Math.min(left, CHUNK));
        if (position < 0) {
          new FileOutput(file).write(bytes, 0, bytes.length);
        } else {
          file.writeAt(position + total, bytes, 0, bytes.length);
        }
        at += bytes.length;
        left -= bytes.length;
        total += bytes.length;
      }
    }
    memory.writeI32(result, total);
    return WasiErrno.SUCCESS;
  }

  private int prestat(Memory memory, Arguments arguments) {
    if (arguments.i32(0) != WasiFiles.ROOT) {
      return WasiErrno.BADF;
    }
    memory.writeI32(arguments.i32(1), PRESTAT_FOLDER);
    memory.writeI32(arguments.i32(1) + 4, 1);
    return WasiErrno.SUCCESS;
  }

  private int prestatName(Memory memory, Arguments arguments) {
    if (arguments.i32(0) != WasiFiles.ROOT) {
      return WasiErrno.BADF;
    }
    if (arguments.i32(2) > 0) {
      memory.writeByte(arguments.i32(1), (byte) '/');
    }
    return WasiErrno.SUCCESS;
  }

  /** Writes as many entries as fit, the last one cut off, so that the module knows of more. */
  private int list(Memory memory, Arguments arguments) throws IOException {
    List<DirectoryEntry> entries =
        task.files().list(files.folder(arguments.i32(0))).stream()
            .sorted(Comparator.comparing(DirectoryEntry::name))
            .toList();
    int room = arguments.i32(2);
    int at = arguments.i32(1);
    int used = 0;
    for (long i = arguments.i64(3); i < entries.size() && used < room; i++) {
      byte[] bytes = entry(entries.get((int) i), i + 1);
      int count = Math.min(bytes.length, room - used);
      memory.write(at + used, bytes, 0, count);
      used += count;
    }
    memory.writeI32(arguments.i32(4), used);
    return WasiErrno.SUCCESS;
  }

  private static byte[] entry(DirectoryEntry entry, long next) {
    byte[] name = Text.encode(entry.name());
    return ByteBuffer.allocate(24 + name.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(next)
        .putLong(entry.inode())
        .putInt(name.length)
        .putInt(WasiPaths.type(entry.type()))
        .put(name)
        .array();
  }

  private int renumber(Arguments arguments) throws IOException {
    files.renumber(arguments.i32(0), arguments.i32(1));
    return WasiErrno.SUCCESS;
  }

  private int seek(Memory memory, Arguments arguments) throws IOException {
    OpenFile.Whence whence =
        switch (arguments.i32(2)) {
          case 0 -> OpenFile.Whence.SET;
          case 1 -> OpenFile.Whence.CURRENT;
          case 2 -> OpenFile.Whence.END;
          default -> throw Errno.EINVAL.exception();
        };
    long position = files.file(arguments.i32(0)).seek(arguments.i64(1), whence);
    memory.writeLong(arguments.i32(3), position);
    return WasiErrno.SUCCESS;
  }

  private int tell(Memory memory, Arguments arguments) throws IOException {
    long position = files.file(arguments.i32(0)).seek(0, OpenFile.Whence.CURRENT);
    memory.writeLong(arguments.i32(1), position);
    return WasiErrno.SUCCESS;
  }
}
