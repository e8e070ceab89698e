package io.sockerless.backend.memory.utility.grep;

import io.sockerless.backend.memory.fs.DirectoryEntry;
import io.sockerless.backend.memory.fs.FileStat;
import io.sockerless.backend.memory.fs.PosixException;
import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.utility.Globs;
import io.sockerless.backend.memory.utility.Input;
import io.sockerless.backend.memory.utility.LineReader;
import io.sockerless.backend.memory.utility.Options;
import io.sockerless.backend.memory.utility.Output;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Applies a matcher to files and folders, and prints what the options ask for. */
final class Search {

  private final Task task;
  private final Output output;
  private final Options options;
  private final LineMatcher matcher;
  private final boolean recursive;
  private boolean names;
  private boolean matched;
  private boolean failed;

  Search(Task task, Output output, Options options, LineMatcher matcher) {
    this.task = task;
    this.output = output;
    this.options = options;
    this.matcher = matcher;
    this.recursive = options.has('r') || options.has('R');
  }

  /** Searches; the answer is the exit code. */
  int run(List<String> operands) throws IOException {
    List<String> files = operands.isEmpty() ? List.of(recursive ? "." : "-") : operands;
    names = options.lastOf("Hh").map(letter -> letter == 'H').orElse(files.size() > 1 || recursive);
    for (String file : files) {
      if (options.has('q') && matched) {
        break;
      }
      search(file, operands.isEmpty() && recursive);
    }
    if (options.has('q') && matched) {
      return 0;
    }
    return failed ? 2 : matched ? 0 : 1;
  }

  private void search(String file, boolean implied) throws IOException {
    try {
      if (file.equals("-")) {
        searchFile("(standard input)", Input.standard(task));
      } else if (recursive && task.files().stat(file).isDirectory()) {
        searchFolder(implied ? "" : file.endsWith("/") ? file : file + "/", file);
      } else {
        searchFile(file, Input.of(task, file));
      }
    } catch (PosixException e) {
      complain(file, e);
    }
  }

  private void complain(String file, IOException cause) throws IOException {
    failed = true;
    if (!options.has('s')) {
      output.flush();
      task.complain(file + ": " + cause.getMessage());
    }
  }

  private void searchFolder(String prefix, String folder) throws IOException {
    List<DirectoryEntry> entries = new ArrayList<>(task.files().list(folder));
    entries.sort(Comparator.comparing(DirectoryEntry::name));
    for (DirectoryEntry entry : entries) {
      String path = prefix + entry.name();
      FileStat stat = options.has('R') ? statOrLink(path) : task.files().lstat(path);
      if (stat.isDirectory()) {
        if (!anyGlob("exclude-dir", entry.name())) {
          visit(path, () -> searchFolder(path + "/", path));
        }
      } else if (stat.isRegular() && isIncluded(entry.name())) {
        visit(path, () -> searchFile(path, Input.of(task, path)));
      }
    }
  }

  private FileStat statOrLink(String path) throws IOException {
    return task.files().exists(path) ? task.files().stat(path) : task.files().lstat(path);
  }

  @FunctionalInterface
  private interface Visit {
    void run() throws IOException;
  }

  private void visit(String path, Visit visit) throws IOException {
    if (options.has('q') && matched) {
      return;
    }
    try {
      visit.run();
    } catch (PosixException e) {
      complain(path, e);
    }
  }

  private boolean isIncluded(String name) {
    return (!options.has("include") || anyGlob("include", name)) && !anyGlob("exclude", name);
  }

  private boolean anyGlob(String option, String name) {
    return options.values(option).stream().anyMatch(glob -> Globs.matches(glob, name));
  }

  private void searchFile(String name, Input input) throws IOException {
    int end = options.has('z') ? 0 : '\n';
    try (LineReader lines = new LineReader(task, input, end)) {
      long count = new FileSearch(output, options, matcher, names ? name : "", end).search(lines);
      boolean listed = options.has('L') ? count == 0 : count > 0;
      matched |= listed;
      if ((options.has('l') && count > 0) || (options.has('L') && count == 0)) {
        if (!options.has('q')) {
          output.printLine(name);
        }
      } else if (options.has('c') && !options.has('q') && !options.has('l') && !options.has('L')) {
        output.printLine((names ? name + ":" : "") + count);
      }
    } catch (Input.ReadException e) {
      complain(name, e);
    }
  }
}
