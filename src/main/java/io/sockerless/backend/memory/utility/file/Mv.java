package io.sockerless.backend.memory.utility.file;

import io.sockerless.backend.memory.fs.Errno;
import io.sockerless.backend.memory.fs.FileStat;
import io.sockerless.backend.memory.fs.PosixException;
import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.utility.Console;
import io.sockerless.backend.memory.utility.Options;
import io.sockerless.backend.memory.utility.Output;
import io.sockerless.backend.memory.utility.Utility;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Optional;

/** Moves and renames files, by copying them where they come to another file system. */
final class Mv extends Utility {

  @Override
  protected int run(Task task, Output output) throws IOException {
    Options options =
        Options.parse(
            task,
            "finTt:vu",
            "interactive=i",
            "force=f",
            "no-clobber=n",
            "no-target-directory=T",
            "target-directory=t",
            "verbose=v",
            "update=u");
    Console console = new Console(task, output);
    Destination destination = Destination.of(task, options, source -> false);
    for (String source : destination.sources()) {
      move(console, options, source, destination.of(source));
    }
    return console.code();
  }

  private static void move(Console console, Options options, String source, String target)
      throws IOException {
    Task task = console.task();
    Optional<FileStat> there = find(task, target);
    if (there.isPresent() && !mayReplace(console, options, source, target, there.get())) {
      return;
    }
    try {
      task.files().rename(source, target);
    } catch (PosixException e) {
      if (e.errno() != Errno.EXDEV) {
        console.complain("can't rename '" + source + "'", e);
        return;
      }
      if (!copyOver(console, source, target, there)) {
        return;
      }
    }
    if (options.has('v')) {
      console.output().printLine("'" + source + "' -> '" + target + "'");
    }
  }

  private static Optional<FileStat> find(Task task, String path) throws IOException {
    try {
      return Optional.of(task.files().lstat(path));
    } catch (PosixException e) {
      return Optional.empty();
    }
  }

  private static boolean mayReplace(
      Console console, Options options, String source, String target, FileStat there)
      throws IOException {
    Task task = console.task();
    char last = options.lastOf("fin").orElse(' ');
    if (last == 'n') {
      return false;
    }
    if (options.has('u')) {
      Optional<FileStat> moved = find(task, source);
      if (moved.isPresent() && !there.modified().isBefore(moved.get().modified())) {
        return false;
      }
    }
    boolean guarded =
        last != 'f'
            && !there.isLink()
            && !task.files().access(target, 2)
            && task.descriptors().get(0).isTerminal();
    return (last != 'i' && !guarded) || console.confirm("overwrite '" + target + "'");
  }

  private static boolean copyOver(
      Console console, String source, String target, Optional<FileStat> there) throws IOException {
    Task task = console.task();
    FileStat moved = task.files().lstat(source);
    if (there.isPresent()) {
      if (there.get().isDirectory() != moved.isDirectory()) {
        console.complain(
            "'" + target + "' is " + (moved.isDirectory() ? "not a directory" : "a directory"));
        return false;
      }
      try {
        if (moved.isDirectory()) {
          task.files().removeDirectory(target);
        } else {
          task.files().unlink(target);
        }
      } catch (PosixException e) {
        console.complain("can't remove '" + target + "'", e);
        return false;
      }
    }
    FileCopy copy =
        new FileCopy(
            console,
            EnumSet.of(FileCopy.Rule.RECURSIVE, FileCopy.Rule.PRESERVE),
            TreeWalk.Links.NEVER);
    if (!copy.copy(source, target)) {
      return false;
    }
    new FileRemoval(console, true, true, false).remove(source);
    return true;
  }
}
