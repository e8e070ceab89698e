package io.sockerless.backend.memory.utility.file;

import io.sockerless.backend.memory.fs.FileStat;
import io.sockerless.backend.memory.fs.PosixException;
import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.utility.Console;
import io.sockerless.backend.memory.utility.Failure;
import io.sockerless.backend.memory.utility.Options;
import io.sockerless.backend.memory.utility.Output;
import io.sockerless.backend.memory.utility.Strings;
import io.sockerless.backend.memory.utility.Utility;
import java.io.IOException;
import java.util.List;

/** Makes links. */
final class Ln extends Utility {

  @Override
  protected int run(Task task, Output output) throws IOException {
    Options options =
        Options.parse(
            task,
            "sfnbS:vTt:",
            "symbolic=s",
            "force=f",
            "no-dereference=n",
            "suffix=S",
            "verbose=v",
            "no-target-directory=T",
            "target-directory=t");
    Console console = new Console(task, output);
    List<String> operands = options.operands(1, Integer.MAX_VALUE);
    boolean named = options.value('t').isEmpty() && operands.size() > 1;
    String last = options.value('t').orElseGet(() -> named ? operands.getLast() : "./");
    List<String> targets = named ? operands.subList(0, operands.size() - 1) : operands;
    if (options.has('T') && targets.size() > 1) {
      throw new Failure("extra operand '" + operands.get(2) + "'");
    }
    boolean folder = isFolder(task, options, last);
    for (String target : targets) {
      link(console, options, target, folder ? TreeWalk.join(last, Strings.lastName(target)) : last);
    }
    return console.code();
  }

  private static boolean isFolder(Task task, Options options, String path) throws IOException {
    try {
      boolean itself = options.has('n');
      return !options.has('T')
          && (itself ? task.files().lstat(path) : task.files().stat(path)).isDirectory();
    } catch (PosixException e) {
      return false;
    }
  }

  private static void link(Console console, Options options, String target, String path)
      throws IOException {
    Task task = console.task();
    String shown = !path.startsWith("./") || path.length() == 2 ? path : path.substring(2);
    try {
      if (!options.has('s')) {
        FileStat stat = statTarget(task, target);
        if (isSame(task, stat, path) && options.has('f')) {
          return;
        }
      }
      makeRoom(task, options, path);
      if (options.has('s')) {
        task.files().makeLink(target, path);
      } else {
        task.files().hardLink(target, path);
      }
      if (options.has('v')) {
        console.output().printLine("'" + shown + "' -> '" + target + "'");
      }
    } catch (Failure e) {
      console.complain(e);
    } catch (PosixException e) {
      console.complain(shown, e);
    }
  }

  private static FileStat statTarget(Task task, String target) throws IOException {
    try {
      return task.files().lstat(target);
    } catch (PosixException e) {
      throw Failure.of(1, target, e);
    }
  }

  private static boolean isSame(Task task, FileStat stat, String path) throws IOException {
    try {
      return task.files().lstat(path).isSameFile(stat);
    } catch (PosixException e) {
      return false;
    }
  }

  /** Backs up or removes what has the name. */
  private static void makeRoom(Task task, Options options, String path) throws IOException {
    boolean backup = options.has('b');
    if (!backup && !options.has('f')) {
      return;
    }
    try {
      if (task.files().lstat(path).isDirectory() && !backup) {
        return;
      }
    } catch (PosixException e) {
      return;
    }
    if (backup) {
      task.files().rename(path, path + options.value('S').orElse("~"));
    } else {
      task.files().unlink(path);
    }
  }
}
