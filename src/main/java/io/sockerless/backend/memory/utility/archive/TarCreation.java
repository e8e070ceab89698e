package io.sockerless.backend.memory.utility.archive;

import io.sockerless.archive.TarEntry;
import io.sockerless.archive.TarWriter;
import io.sockerless.backend.memory.fs.FileStat;
import io.sockerless.backend.memory.fs.OpenFile;
import io.sockerless.backend.memory.fs.OpenMode;
import io.sockerless.backend.memory.fs.PosixException;
import io.sockerless.backend.memory.kernel.FileInput;
import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.utility.Console;
import io.sockerless.backend.memory.utility.Failure;
import io.sockerless.backend.memory.utility.Options;
import io.sockerless.backend.memory.utility.Output;
import io.sockerless.backend.memory.utility.file.TreeWalk;
import java.io.IOException;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Makes a tar archive. */
final class TarCreation implements TreeWalk.Visitor {

  private static final int USUAL_LEVEL = 6;

  private record Identity(long device, long inode) {}

  private final Console console;
  private final Task task;
  private final Options options;
  private final Selection selection;
  private final SafeNames safeNames;
  private final Map<Identity, String> written = new HashMap<>();
  private Optional<FileStat> archive = Optional.empty();
  private Optional<TarWriter> writer = Optional.empty();

  TarCreation(Console console, Options options, Selection selection) {
    this.console = console;
    this.task = console.task();
    this.options = options;
    this.selection = selection;
    this.safeNames = new SafeNames(console);
  }

  /** Packs all that is named. */
  void run() throws IOException {
    if (selection.names().isEmpty()) {
      throw new Failure("empty archive");
    }
    try (Output output = Tar.openOutput(task, options)) {
      String name = options.value('f').orElse("-");
      archive = name.equals("-") ? Optional.empty() : Optional.of(task.files().stat(name));
      Tar.enterFolder(task, options);
      Optional<Format> format = Tar.format(options);
      if (format.isPresent()) {
        try (Format.Compression compression = format.get().compress(task, output, USUAL_LEVEL)) {
          pack(compression.stream());
        }
      } else {
        pack(output);
      }
    }
  }

  private void pack(OutputStream output) throws IOException {
    TreeWalk.Links links = options.has('h') ? TreeWalk.Links.ALWAYS : TreeWalk.Links.NEVER;
    try (TarWriter tar = new TarWriter(output)) {
      writer = Optional.of(tar);
      for (String name : selection.names()) {
        TreeWalk.walk(task, name, links, this);
      }
    }
  }

  @Override
  public boolean enter(TreeWalk.Entry entry) throws IOException {
    FileStat stat = entry.stat();
    if (selection.excludes(entry.path())) {
      return false;
    }
    if (archive.filter(stat::isSameFile).isPresent()) {
      console.remark("tar: " + entry.path() + ": file is the archive; skipping");
      return false;
    }
    String name = safeNames.of(entry.path());
    if (name.isEmpty()) {
      return true;
    }
    if (stat.isDirectory() && !name.endsWith("/")) {
      name += "/";
    }
    Optional<TarEntry.Kind> kind = kind(stat);
    if (kind.isEmpty()) {
      console.complain(entry.path() + ": unknown file type");
      return false;
    }
    write(entry.path(), name, stat, kind.get());
    if (options.has('v')) {
      boolean archiveIsOutput = archive.isEmpty();
      if (archiveIsOutput) {
        console.remark(name);
      } else {
        console.output().printLine(name);
      }
    }
    return !options.has("no-recursion");
  }

  private static Optional<TarEntry.Kind> kind(FileStat stat) {
    return switch (stat.type()) {
      case REGULAR -> Optional.of(TarEntry.Kind.FILE);
      case DIRECTORY -> Optional.of(TarEntry.Kind.DIRECTORY);
      case SYMLINK -> Optional.of(TarEntry.Kind.SYMLINK);
      case FIFO -> Optional.of(TarEntry.Kind.FIFO);
      case CHARACTER -> Optional.of(TarEntry.Kind.CHARACTER);
      case BLOCK -> Optional.of(TarEntry.Kind.BLOCK);
      case SOCKET -> Optional.empty();
    };
  }

  private void write(String path, String name, FileStat stat, TarEntry.Kind kind)
      throws IOException {
    String target = kind == TarEntry.Kind.SYMLINK ? task.files().readLink(path) : "";
    TarEntry.Kind written = kind;
    if (stat.links() > 1 && !stat.isDirectory()) {
      String before = this.written.putIfAbsent(new Identity(stat.device(), stat.inode()), name);
      if (before != null) {
        written = TarEntry.Kind.HARD_LINK;
        target = before;
      }
    }
    long size = written == TarEntry.Kind.FILE ? stat.size() : 0;
    TarEntry entry =
        new TarEntry(
            name,
            written,
            stat.mode(),
            stat.uid(),
            stat.gid(),
            stat.modified(),
            target,
            (int) (stat.deviceNumber() >> 8),
            (int) (stat.deviceNumber() & 0xff),
            size);
    if (written != TarEntry.Kind.FILE) {
      writer.orElseThrow().put(entry);
      return;
    }
    try (OpenFile file = task.files().open(path, OpenMode.READ)) {
      writer.orElseThrow().put(entry, new FileInput(file));
    } catch (PosixException e) {
      console.complain("can't open '" + path + "'", e);
    }
  }

  @Override
  public void failed(String path, PosixException reason) throws IOException {
    console.complain(path, reason);
  }
}
