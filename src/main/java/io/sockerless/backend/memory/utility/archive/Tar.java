package io.sockerless.backend.memory.utility.archive;

import io.sockerless.backend.memory.fs.OpenMode;
import io.sockerless.backend.memory.fs.PosixException;
import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.utility.Console;
import io.sockerless.backend.memory.utility.Failure;
import io.sockerless.backend.memory.utility.Input;
import io.sockerless.backend.memory.utility.LineReader;
import io.sockerless.backend.memory.utility.Options;
import io.sockerless.backend.memory.utility.Output;
import io.sockerless.backend.memory.utility.Utility;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes, lists and unpacks tar archives. */
final class Tar extends Utility {

  private static final String LETTERS = "ctxzjJaf:C:vOpokhmX:T:";

  @Override
  protected int run(Task task, Output output) throws IOException {
    List<String> arguments = new ArrayList<>(task.arguments().subList(1, task.arguments().size()));
    if (!arguments.isEmpty() && !arguments.getFirst().startsWith("-")) {
      arguments.set(0, "-" + arguments.getFirst());
    }
    Options options = options(arguments);
    long actions = options.given().stream().filter(it -> "ctx".contains(it.name())).count();
    if (actions != 1) {
      throw new Failure("missing operand: exactly one of c, t, x");
    }
    Console console = new Console(task, output);
    Selection selection = selection(task, options);
    if (options.has('c')) {
      new TarCreation(console, options, selection).run();
      if (console.code() != 0) {
        console.complain("error exit delayed from previous errors");
      }
    } else {
      new TarExtraction(console, options, selection).run();
    }
    return console.code();
  }

  private static Options options(List<String> arguments) throws Failure {
    return Options.parse(
        arguments,
        1,
        LETTERS,
        "create=c",
        "list=t",
        "extract=x",
        "get=x",
        "gzip=z",
        "gunzip=z",
        "bzip2=j",
        "xz=J",
        "auto-compress=a",
        "file=f",
        "directory=C",
        "verbose=v",
        "to-stdout=O",
        "same-permissions=p",
        "preserve-permissions=p",
        "no-same-owner=o",
        "same-owner",
        "keep-old-files=k",
        "dereference=h",
        "touch=m",
        "exclude:",
        "exclude-from=X",
        "files-from=T",
        "strip-components:",
        "overwrite",
        "no-same-permissions",
        "no-recursion",
        "numeric-owner",
        "owner:",
        "group:",
        "mode:");
  }

  /** Moves to where {@code -C} says; the archive is opened before. */
  static void enterFolder(Task task, Options options) throws IOException {
    for (String folder : options.values("C")) {
      try {
        task.files().changeDirectory(folder);
      } catch (PosixException e) {
        throw Failure.of(1, "can't change directory to '" + folder + "'", e);
      }
    }
  }

  /** The format that the options or the archive's name tell. */
  static Optional<Format> format(Options options) {
    String name = options.value('f').orElse("");
    return switch (options.lastOf("zjJa").orElse(' ')) {
      case 'z' -> Optional.of(Format.GZIP);
      case 'j' -> Optional.of(Format.BZIP2);
      case 'J' -> Optional.of(Format.XZ);
      case 'a' -> {
        for (Format format : Format.values()) {
          if (format.plainName(name).isPresent()) {
            yield Optional.of(format);
          }
        }
        yield Optional.empty();
      }
      default -> Optional.empty();
    };
  }

  private static Selection selection(Task task, Options options) throws IOException {
    List<String> names = new ArrayList<>(options.operands());
    for (String file : options.values("T")) {
      names.addAll(lines(task, file));
    }
    List<String> excluded = new ArrayList<>(options.values("exclude"));
    for (String file : options.values("X")) {
      excluded.addAll(lines(task, file));
    }
    return new Selection(names, excluded);
  }

  private static List<String> lines(Task task, String file) throws IOException {
    List<String> lines = new ArrayList<>();
    try (LineReader reader = new LineReader(task, Input.open(task, file))) {
      while (reader.next()) {
        if (reader.length() > 0) {
          lines.add(reader.text());
        }
      }
      return lines;
    } catch (PosixException e) {
      throw Failure.of(1, "can't open '" + file + "'", e);
    }
  }

  /** Opens the archive to read it. */
  static Input openInput(Task task, Options options) throws IOException {
    String name = options.value('f').orElse("-");
    try {
      return Input.open(task, name);
    } catch (PosixException e) {
      throw Failure.of(1, "can't open '" + name + "'", e);
    }
  }

  /** Opens the archive to write it. */
  static Output openOutput(Task task, Options options) throws IOException {
    String name = options.value('f').orElse("-");
    if (name.equals("-")) {
      return new Output(task);
    }
    try {
      return new Output(task, task.files().create(name, OpenMode.WRITE, 0666, false));
    } catch (PosixException e) {
      throw Failure.of(1, "can't open '" + name + "'", e);
    }
  }
}
