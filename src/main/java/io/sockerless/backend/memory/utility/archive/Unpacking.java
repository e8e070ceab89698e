package io.sockerless.backend.memory.utility.archive;

import io.sockerless.archive.TarEntry;
import io.sockerless.backend.core.driver.LinuxCapability;
import io.sockerless.backend.memory.fs.Errno;
import io.sockerless.backend.memory.fs.FileStat;
import io.sockerless.backend.memory.fs.FileType;
import io.sockerless.backend.memory.fs.OpenFile;
import io.sockerless.backend.memory.fs.OpenMode;
import io.sockerless.backend.memory.fs.PosixException;
import io.sockerless.backend.memory.kernel.FileOutput;
import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.utility.Console;
import io.sockerless.backend.memory.utility.Failure;
import io.sockerless.backend.memory.utility.file.Folders;
import io.sockerless.backend.memory.utility.file.ModeChange;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes the files that an archive tells of. Links that may lead elsewhere are made last, so that no
 * member is unpacked through one; the times of folders are set when nothing changes in them any
 * more.
 */
final class Unpacking {

  private static final int BUFFER = 65_536;

  /**
   * What is done other than to make files.
   *
   * @param keep what is there stays, and is a failure
   * @param overwrite what is there is written to and not replaced
   * @param owners root restores owners
   * @param times are restored
   * @param masked the umask holds for permissions
   */
  record Rules(boolean keep, boolean overwrite, boolean owners, boolean times, boolean masked) {}

  private record Link(TarEntry entry, String target) {}

  private final Console console;
  private final Task task;
  private final Rules rules;
  private final List<Link> later = new ArrayList<>();
  private final List<TarEntry> folders = new ArrayList<>();

  Unpacking(Console console, Rules rules) {
    this.console = console;
    this.task = console.task();
    this.rules = rules;
  }

  /** The letters of {@code ls -l} for a member; a hard link has a file's. */
  static String letters(TarEntry entry) {
    FileType type = FileType.of(entry.kind());
    Instant time = Instant.EPOCH;
    return ModeChange.letters(
        new FileStat(0, 0, type, entry.mode(), 1, 0, 0, 0, 0, time, time, time));
  }

  /**
   * Makes a member's file.
   *
   * @param target of a link
   * @throws Failure if it cannot be made
   */
  void unpack(TarEntry entry, String target, InputStream content) throws IOException {
    String path = entry.name();
    makeParents(path);
    try {
      if (entry.kind() == TarEntry.Kind.DIRECTORY) {
        makeFolder(entry);
        return;
      }
      makeRoom(path);
      boolean unsafe = entry.kind() == TarEntry.Kind.SYMLINK && SafeNames.isUnsafeTarget(target);
      if (unsafe) {
        later.add(new Link(entry, target));
        return;
      }
      make(entry, target, content);
    } catch (PosixException e) {
      throw Failure.of(1, words(entry) + "'" + path + "'", e);
    }
  }

  private static String words(TarEntry entry) {
    return switch (entry.kind()) {
      case FILE -> "can't open ";
      case DIRECTORY -> "can't make dir ";
      case SYMLINK, HARD_LINK -> "can't create link ";
      case CHARACTER, BLOCK, FIFO -> "can't create node ";
    };
  }

  private void makeParents(String path) throws IOException {
    int slash =
        path.endsWith("/") ? path.lastIndexOf('/', path.length() - 2) : path.lastIndexOf('/');
    if (slash > 0) {
      Folders.makeAll(task, path.substring(0, slash), 0777);
    }
  }

  private void makeFolder(TarEntry entry) throws IOException {
    try {
      task.files().makeDirectory(entry.name(), 0777);
    } catch (PosixException e) {
      if (e.errno() != Errno.EEXIST || !task.files().stat(entry.name()).isDirectory()) {
        throw e;
      }
    }
    folders.add(entry);
  }

  private void makeRoom(String path) throws IOException {
    FileStat there;
    try {
      there = task.files().lstat(path);
    } catch (PosixException e) {
      return;
    }
    if (rules.keep()) {
      throw Errno.EEXIST.exception();
    }
    boolean written = rules.overwrite() && there.isRegular();
    if (there.isDirectory()) {
      task.files().removeDirectory(path);
    } else if (!written) {
      task.files().unlink(path);
    }
  }

  private void make(TarEntry entry, String target, InputStream content) throws IOException {
    String path = entry.name();
    switch (entry.kind()) {
      case FILE -> write(path, content);
      case SYMLINK -> task.files().makeLink(target, path);
      case HARD_LINK -> {
        task.files().hardLink(target, path);
        return;
      }
      case FIFO -> task.files().makeNode(path, FileType.FIFO, 0666, 0);
      case CHARACTER -> task.files().makeNode(path, FileType.CHARACTER, 0666, device(entry));
      case BLOCK -> task.files().makeNode(path, FileType.BLOCK, 0666, device(entry));
      case DIRECTORY -> throw new IllegalStateException("a folder is no file");
    }
    setAttributes(entry);
  }

  private static long device(TarEntry entry) {
    return ((long) entry.major() << 8) | (entry.minor() & 0xff);
  }

  private void write(String path, InputStream content) throws IOException {
    try (OpenFile file = task.files().create(path, OpenMode.WRITE, 0600, false)) {
      FileOutput output = new FileOutput(file);
      byte[] buffer = new byte[BUFFER];
      for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
        output.write(buffer, 0, read);
      }
    }
  }

  private void setAttributes(TarEntry entry) throws IOException {
    String path = entry.name();
    boolean link = entry.kind() == TarEntry.Kind.SYMLINK;
    if (rules.owners() && task.files().credentials().can(LinuxCapability.CHOWN)) {
      task.files().setOwner(path, bounded(entry.uid()), bounded(entry.gid()), false);
    }
    if (!link) {
      int hidden = rules.masked() ? task.files().umask() : 0;
      task.files().setMode(path, entry.mode() & ~hidden);
    }
    if (rules.times()) {
      task.files().setTimes(path, entry.modified(), entry.modified(), false);
    }
  }

  private static int bounded(long id) throws Failure {
    if (id < 0 || id > Integer.MAX_VALUE) {
      throw new Failure("invalid user or group " + id);
    }
    return (int) id;
  }

  /** Makes what was put off. */
  void finish() throws IOException {
    for (Link link : later) {
      try {
        make(link.entry(), link.target(), InputStream.nullInputStream());
      } catch (PosixException e) {
        console.complain("can't create link '" + link.entry().name() + "'", e);
      }
    }
    for (TarEntry folder : folders.reversed()) {
      try {
        setAttributes(folder);
      } catch (PosixException e) {
        console.complain(folder.name(), e);
      }
    }
  }
}
