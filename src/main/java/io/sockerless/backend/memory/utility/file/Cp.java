package io.sockerless.backend.memory.utility.file;

import io.sockerless.backend.memory.fs.PosixException;
import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.utility.Console;
import io.sockerless.backend.memory.utility.Failure;
import io.sockerless.backend.memory.utility.Options;
import io.sockerless.backend.memory.utility.Output;
import io.sockerless.backend.memory.utility.Strings;
import io.sockerless.backend.memory.utility.Utility;
import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Copies files. */
final class Cp extends Utility {

  @Override
  protected int run(Task task, Output output) throws IOException {
    Options options =
        Options.parse(
            task,
            "pdRfilsLHarPuTt:vn",
            "archive=a",
            "force=f",
            "interactive=i",
            "link=l",
            "dereference=L",
            "no-dereference=P",
            "recursive=R",
            "symbolic-link=s",
            "no-target-directory=T",
            "target-directory=t",
            "verbose=v",
            "update=u",
            "no-clobber=n",
            "parents",
            "preserve::");
    Console console = new Console(task, output);
    boolean follow = links(options) != TreeWalk.Links.NEVER;
    Destination destination =
        Destination.of(task, options, source -> isFolder(task, source, follow));
    FileCopy copy = new FileCopy(console, rules(options), links(options));
    for (String source : destination.sources()) {
      if (options.has("parents")) {
        copyWithParents(task, copy, source, destination);
      } else {
        copy.copy(source, destination.of(source));
      }
    }
    return console.code();
  }

  private static boolean isFolder(Task task, String path, boolean follow) throws IOException {
    try {
      return (follow ? task.files().stat(path) : task.files().lstat(path)).isDirectory();
    } catch (PosixException e) {
      throw Failure.of(1, "can't stat '" + path + "'", e);
    }
  }

  private static void copyWithParents(
      Task task, FileCopy copy, String source, Destination destination) throws IOException {
    String relative = Strings.trimSlashes(source);
    while (relative.startsWith("/")) {
      relative = relative.substring(1);
    }
    int slash = relative.lastIndexOf('/');
    if (slash > 0) {
      Folders.makeAll(task, TreeWalk.join(destination.path(), relative.substring(0, slash)), 0777);
    }
    copy.copy(source, TreeWalk.join(destination.path(), relative));
  }

  private static Set<FileCopy.Rule> rules(Options options) {
    Set<FileCopy.Rule> rules = EnumSet.noneOf(FileCopy.Rule.class);
    for (Options.Given given : options.given()) {
      switch (given.name()) {
        case "a" -> rules.addAll(List.of(FileCopy.Rule.RECURSIVE, FileCopy.Rule.PRESERVE));
        case "R", "r" -> rules.add(FileCopy.Rule.RECURSIVE);
        case "p", "preserve" -> rules.add(FileCopy.Rule.PRESERVE);
        case "f" -> rules.add(FileCopy.Rule.FORCE);
        case "i" -> rules.add(FileCopy.Rule.INTERACTIVE);
        case "n" -> rules.add(FileCopy.Rule.KEEP);
        case "u" -> rules.add(FileCopy.Rule.UPDATE);
        case "l" -> rules.add(FileCopy.Rule.HARD_LINK);
        case "s" -> rules.add(FileCopy.Rule.SYMBOLIC_LINK);
        case "v" -> rules.add(FileCopy.Rule.VERBOSE);
        default -> {}
      }
    }
    return rules;
  }

  /** Without a word on links, they are followed unless folders are copied. */
  private static TreeWalk.Links links(Options options) {
    char last = options.lastOf("LHPda").orElse(options.lastOf("Rr").isPresent() ? 'P' : 'L');
    return switch (last) {
      case 'L' -> TreeWalk.Links.ALWAYS;
      case 'H' -> TreeWalk.Links.FIRST;
      default -> TreeWalk.Links.NEVER;
    };
  }
}
