package io.sockerless.backend.memory.utility.archive;

import io.sockerless.backend.memory.fs.FileStat;
import io.sockerless.backend.memory.fs.OpenFile;
import io.sockerless.backend.memory.fs.OpenMode;
import io.sockerless.backend.memory.fs.PosixException;
import io.sockerless.backend.memory.kernel.FileOutput;
import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.kernel.Text;
import io.sockerless.backend.memory.utility.Console;
import io.sockerless.backend.memory.utility.Failure;
import io.sockerless.backend.memory.utility.Globs;
import io.sockerless.backend.memory.utility.Options;
import io.sockerless.backend.memory.utility.Output;
import io.sockerless.backend.memory.utility.Strings;
import io.sockerless.backend.memory.utility.TimeZones;
import io.sockerless.backend.memory.utility.Utility;
import io.sockerless.backend.memory.utility.file.Folders;
import io.sockerless.backend.memory.utility.file.TreeWalk;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;

/** Lists and unpacks zip archives. */
final class Unzip extends Utility {

  private static final int BUFFER = 65_536;
  private static final int LONGEST_LINK = 4_096;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("MM-dd-yyyy HH:mm", Locale.ROOT);

  @Override
  protected int run(Task task, Output output) throws IOException {
    Options options = Options.parse(permuted(task), 1, "lnopqjtvd:x:K");
    List<String> operands = options.operands(1, Integer.MAX_VALUE);
    String name = operands.getFirst();
    try (ZipFile zip = open(task, name)) {
      return new Run(task, output, options, zip).run(name, operands.subList(1, operands.size()));
    }
  }

  /** Each name after {@code -x} is one that is left out, up to the next option. */
  private static List<String> permuted(Task task) {
    List<String> arguments = new ArrayList<>();
    boolean excluding = false;
    for (String argument : task.arguments().subList(1, task.arguments().size())) {
      if (argument.startsWith("-")) {
        excluding = argument.equals("-x");
        if (!excluding) {
          arguments.add(argument);
        }
      } else {
        if (excluding) {
          arguments.add("-x");
        }
        arguments.add(argument);
      }
    }
    return arguments;
  }

  private static ZipFile open(Task task, String name) throws IOException {
    OpenFile file;
    try {
      file = task.files().open(name, OpenMode.READ);
    } catch (PosixException e) {
      try {
        file = task.files().open(name + ".zip", OpenMode.READ);
      } catch (PosixException again) {
        Failure failure = new Failure("can't open " + name + "[.zip]");
        failure.initCause(again);
        throw failure;
      }
    }
    try {
      return ZipFile.builder()
          .setSeekableByteChannel(new FileChannelOver(file))
          .setCharset(StandardCharsets.UTF_8)
          .get();
    } catch (IOException e) {
      file.close();
      Failure failure = new Failure("short read");
      failure.initCause(e);
      throw failure;
    }
  }

  private static final class Run {
    private final Task task;
    private final Output output;
    private final Options options;
    private final ZipFile zip;
    private final Console console;
    private final SafeNames safeNames;
    private boolean replaceAll;
    private boolean replaceNone;

    Run(Task task, Output output, Options options, ZipFile zip) {
      this.task = task;
      this.output = output;
      this.options = options;
      this.zip = zip;
      this.console = new Console(task, output);
      this.safeNames = new SafeNames(console);
      this.replaceAll = options.has('o');
      this.replaceNone = options.has('n');
    }

    int run(String name, List<String> wanted) throws IOException {
      boolean quiet = options.has('q') || options.has('p');
      if (!quiet) {
        output.printLine("Archive:  " + name);
      }
      if (options.has('l') && !options.has('q')) {
        output.print("  Length      Date    Time    Name\n---------  ---------- -----   ----\n");
      }
      long bytes = 0;
      long files = 0;
      for (ZipArchiveEntry entry : Collections.list(zip.getEntries())) {
        task.checkpoint();
        if (!isWanted(entry.getName(), wanted)) {
          continue;
        }
        bytes += entry.getSize();
        files++;
        if (options.has('l')) {
          output.printLine(line(entry));
        } else {
          extract(entry, quiet);
        }
      }
      if (options.has('l') && !options.has('q')) {
        output.print(
            String.format(
                Locale.ROOT, "---------%21s-------\n%9d%21s%d files\n", "", bytes, "", files));
      }
      return console.code();
    }

    private boolean isWanted(String name, List<String> wanted) {
      boolean named = wanted.isEmpty() || wanted.stream().anyMatch(it -> Globs.matches(it, name));
      return named && options.values("x").stream().noneMatch(it -> Globs.matches(it, name));
    }

    private String line(ZipArchiveEntry entry) {
      Instant time = Instant.ofEpochMilli(entry.getTime());
      return String.format(
          Locale.ROOT,
          "%9d  %s   %s",
          entry.getSize(),
          TIME.format(time.atZone(TimeZones.of(task))),
          entry.getName());
    }

    private void extract(ZipArchiveEntry entry, boolean quiet) throws IOException {
      if (!zip.canReadEntryData(entry)) {
        throw new Failure("unsupported method " + entry.getMethod());
      }
      if (options.has('p') || options.has('t')) {
        try (InputStream content = zip.getInputStream(entry)) {
          content.transferTo(options.has('p') ? output : OutputStream.nullOutputStream());
        }
        return;
      }
      String safe = safeNames.of(entry.getName());
      if (options.has('j')) {
        safe = entry.isDirectory() ? "" : Strings.lastName(safe);
      }
      if (safe.isEmpty()) {
        return;
      }
      String path = options.value('d').map(folder -> TreeWalk.join(folder, "")).orElse("") + safe;
      if (entry.isDirectory()) {
        folder(path, quiet);
        return;
      }
      if (path.lastIndexOf('/') > 0) {
        Folders.makeAll(task, path.substring(0, path.lastIndexOf('/')), 0777);
      }
      if (!mayReplace(path)) {
        return;
      }
      if (!quiet) {
        output.printLine("  inflating: " + path);
      }
      write(entry, path);
    }

    private void folder(String path, boolean quiet) throws IOException {
      if (!task.files().exists(path)) {
        if (!quiet) {
          output.printLine("   creating: " + path);
        }
        Folders.makeAll(task, path, 0777);
      }
    }

    private boolean mayReplace(String path) throws IOException {
      FileStat there;
      try {
        there = task.files().lstat(path);
      } catch (PosixException e) {
        return true;
      }
      if (!there.isRegular()) {
        throw new Failure("'" + path + "' exists but is not a regular file");
      }
      if (!replaceAll && !replaceNone) {
        output.print("replace " + path + "? [y]es, [n]o, [A]ll, [N]one, [r]ename: ");
        output.flush();
        int answer = task.input().read();
        for (int next = answer; next >= 0 && next != '\n'; ) {
          next = task.input().read();
        }
        replaceAll = answer == 'A';
        replaceNone = answer == 'N';
        if (answer < 0) {
          throw new Failure("can't read standard input");
        }
        return answer == 'y' || replaceAll;
      }
      return replaceAll;
    }

    private void write(ZipArchiveEntry entry, String path) throws IOException {
      try (InputStream content = zip.getInputStream(entry)) {
        if (entry.isUnixSymlink()) {
          String target = Text.decode(content.readNBytes(LONGEST_LINK));
          task.files().makeLink(target, path);
          return;
        }
        try (OpenFile file = task.files().create(path, OpenMode.WRITE, 0666, false)) {
          FileOutput target = new FileOutput(file);
          byte[] buffer = new byte[BUFFER];
          for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
            target.write(buffer, 0, read);
          }
        }
        if ((entry.getUnixMode() & 0777) != 0) {
          task.files().setMode(path, entry.getUnixMode() & 0777);
        }
        Instant time = Instant.ofEpochMilli(entry.getTime());
        task.files().setTimes(path, time, time, true);
      } catch (PosixException e) {
        throw Failure.of(1, "can't open '" + path + "'", e);
      }
    }
  }
}
