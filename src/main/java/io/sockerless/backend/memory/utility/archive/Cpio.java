package io.sockerless.backend.memory.utility.archive;

import io.sockerless.archive.TarEntry;
import io.sockerless.backend.memory.fs.FileStat;
import io.sockerless.backend.memory.fs.OpenFile;
import io.sockerless.backend.memory.fs.OpenMode;
import io.sockerless.backend.memory.fs.PosixException;
import io.sockerless.backend.memory.kernel.FileInput;
import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.kernel.Text;
import io.sockerless.backend.memory.utility.Console;
import io.sockerless.backend.memory.utility.Failure;
import io.sockerless.backend.memory.utility.Input;
import io.sockerless.backend.memory.utility.LineReader;
import io.sockerless.backend.memory.utility.Options;
import io.sockerless.backend.memory.utility.Output;
import io.sockerless.backend.memory.utility.Utility;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.apache.commons.compress.archivers.cpio.CpioArchiveEntry;
import org.apache.commons.compress.archivers.cpio.CpioArchiveInputStream;
import org.apache.commons.compress.archivers.cpio.CpioArchiveOutputStream;
import org.apache.commons.compress.archivers.cpio.CpioConstants;

/** Makes, lists and unpacks cpio archives of the format {@code newc}. */
final class Cpio extends Utility {

  private static final int BLOCK = 512;
  private static final int LONGEST_LINK = 4_096;

  @Override
  protected int run(Task task, Output output) throws IOException {
    Options options =
        Options.parse(
            task, "tiovdmuLF:H:0R:k", "extract=i", "list=t", "create=o", "format=H", "quiet");
    Console console = new Console(task, output);
    if (options.has('o')) {
      if (!options.value('H').filter("newc"::equals).isPresent()) {
        throw new Failure("missing operand: -H newc");
      }
      create(console, options);
    } else if (options.has('t') || options.has('i')) {
      extract(console, options);
    } else {
      throw new Failure("missing operand: one of -t, -i, -o");
    }
    return console.code();
  }

  private static void create(Console console, Options options) throws IOException {
    Task task = console.task();
    int terminator = options.has('0') ? 0 : '\n';
    try (LineReader names = new LineReader(task, Input.standard(task), terminator);
        Output target = target(console, options);
        CpioArchiveOutputStream archive =
            new CpioArchiveOutputStream(
                target, CpioConstants.FORMAT_NEW, BLOCK, StandardCharsets.UTF_8.name())) {
      long inode = 0;
      while (names.next()) {
        String name = names.text();
        try {
          add(task, archive, name, ++inode);
        } catch (PosixException e) {
          console.complain(name, e);
        }
      }
      archive.finish();
      if (!options.has("quiet")) {
        console.remark((archive.getBytesWritten() + BLOCK - 1) / BLOCK + " blocks");
      }
    }
  }

  private static Output target(Console console, Options options) throws IOException {
    Task task = console.task();
    return options.value('F').isPresent()
        ? new Output(
            task, task.files().create(options.value('F').get(), OpenMode.WRITE, 0666, false))
        : new Output(task);
  }

  private static void add(Task task, CpioArchiveOutputStream archive, String path, long inode)
      throws IOException {
    FileStat stat = task.files().lstat(path);
    byte[] link = stat.isLink() ? Text.encode(task.files().readLink(path)) : new byte[0];
    String name = path.startsWith("./") && path.length() > 2 ? path.substring(2) : path;
    long size = stat.isRegular() ? stat.size() : link.length;
    CpioArchiveEntry entry = new CpioArchiveEntry(CpioConstants.FORMAT_NEW, name, size);
    entry.setMode(stat.type().bits() | stat.mode());
    entry.setUID(stat.uid());
    entry.setGID(stat.gid());
    entry.setTime(stat.modified().getEpochSecond());
    entry.setNumberOfLinks(1);
    entry.setInode(inode);
    entry.setRemoteDeviceMaj(stat.deviceNumber() >> 8);
    entry.setRemoteDeviceMin(stat.deviceNumber() & 0xff);
    archive.putArchiveEntry(entry);
    if (stat.isRegular()) {
      try (OpenFile file = task.files().open(path, OpenMode.READ)) {
        new FileInput(file).transferTo(archive);
      }
    } else {
      archive.write(link);
    }
    archive.closeArchiveEntry();
  }

  private static void extract(Console console, Options options) throws IOException {
    Task task = console.task();
    Selection selection = new Selection(options.operands(), List.of());
    SafeNames safeNames = new SafeNames(console);
    Unpacking unpacking =
        new Unpacking(console, new Unpacking.Rules(false, false, true, true, false));
    try (Input source = source(task, options);
        CpioArchiveInputStream archive =
            new CpioArchiveInputStream(
                new BufferedInputStream(source), StandardCharsets.UTF_8.name())) {
      CpioArchiveEntry entry = archive.getNextEntry();
      while (entry != null) {
        task.checkpoint();
        String name = safeNames.of(entry.getName());
        if (!name.isEmpty() && selection.takes(name)) {
          member(console, options, archive, entry, name, unpacking);
        }
        entry = archive.getNextEntry();
      }
      unpacking.finish();
      if (!options.has("quiet")) {
        console.remark((archive.getBytesRead() + BLOCK - 1) / BLOCK + " blocks");
      }
    } catch (PosixException | Failure e) {
      throw e;
    } catch (EOFException e) {
      Failure failure = new Failure("short read");
      failure.initCause(e);
      throw failure;
    } catch (IOException e) {
      throw Failure.of(1, "unsupported cpio format, use newc", e);
    }
  }

  private static Input source(Task task, Options options) throws IOException {
    return options.value('F').isPresent()
        ? Input.of(task, options.value('F').get())
        : Input.standard(task);
  }

  private static void member(
      Console console,
      Options options,
      CpioArchiveInputStream archive,
      CpioArchiveEntry entry,
      String name,
      Unpacking unpacking)
      throws IOException {
    Task task = console.task();
    if (options.has('t')) {
      console.output().printLine(name);
      return;
    }
    if (options.has('v')) {
      console.output().printLine(name);
    }
    Instant modified = Instant.ofEpochSecond(entry.getTime());
    if (!entry.isDirectory() && !options.has('u') && isNewer(task, name, modified)) {
      console.remark("cpio: " + name + " not created: newer or same age file exists");
      return;
    }
    String target = entry.isSymbolicLink() ? Text.decode(archive.readNBytes(LONGEST_LINK)) : "";
    TarEntry member =
        new TarEntry(
            name,
            kind(entry),
            (int) (entry.getMode() & 07777),
            entry.getUID(),
            entry.getGID(),
            options.has('m') ? modified : Instant.now(),
            target,
            (int) entry.getRemoteDeviceMaj(),
            (int) entry.getRemoteDeviceMin(),
            entry.getSize());
    unpacking.unpack(member, target, archive);
  }

  private static boolean isNewer(Task task, String name, Instant modified) throws IOException {
    try {
      return !task.files().lstat(name).modified().isBefore(modified);
    } catch (PosixException e) {
      return false;
    }
  }

  private static TarEntry.Kind kind(CpioArchiveEntry entry) throws Failure {
    if (entry.isDirectory()) {
      return TarEntry.Kind.DIRECTORY;
    }
    if (entry.isSymbolicLink()) {
      return TarEntry.Kind.SYMLINK;
    }
    if (entry.isRegularFile()) {
      return TarEntry.Kind.FILE;
    }
    if (entry.isPipe()) {
      return TarEntry.Kind.FIFO;
    }
    if (entry.isCharacterDevice()) {
      return TarEntry.Kind.CHARACTER;
    }
    if (entry.isBlockDevice()) {
      return TarEntry.Kind.BLOCK;
    }
    throw new Failure("'" + entry.getName() + "' is of no kind that can be made");
  }
}
