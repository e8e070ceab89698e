package io.sockerless.backend.memory.utility.sed;

import io.sockerless.backend.core.driver.LinuxCapability;
import io.sockerless.backend.memory.fs.FileStat;
import io.sockerless.backend.memory.fs.OpenFile;
import io.sockerless.backend.memory.fs.OpenMode;
import io.sockerless.backend.memory.fs.PosixException;
import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.kernel.Text;
import io.sockerless.backend.memory.utility.Charge;
import io.sockerless.backend.memory.utility.Failure;
import io.sockerless.backend.memory.utility.Input;
import io.sockerless.backend.memory.utility.Options;
import io.sockerless.backend.memory.utility.Output;
import io.sockerless.backend.memory.utility.Utility;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * {@code sed}: edits lines by a script.
 *
 * @see <a href="https://pubs.opengroup.org/onlinepubs/9799919799/utilities/sed.html">sed</a>
 */
public final class Sed extends Utility {

  @Override
  protected int run(Task task, Output output) throws IOException {
    Options options = options(task);
    if (options.has("version")) {
      output.printLine("This is not GNU sed version 4.0");
      return 0;
    }
    List<String> operands = new ArrayList<>(options.operands());
    String script = script(task, options, operands);
    boolean extended = options.has('r') || options.has('E');
    List<Command> commands = ScriptParser.parse(script, extended);
    boolean quiet = options.has('n') || script.equals("#n") || script.startsWith("#n\n");
    int terminator = options.has('z') ? 0 : '\n';
    try (Files files = new Files(task, output, terminator);
        Charge charge = new Charge(task)) {
      files.prepare(commands);
      Editor editor = new Editor(task, commands, quiet, terminator, files, charge);
      if (options.has('i')) {
        return inPlace(task, options, operands, editor, files, terminator);
      }
      List<String> names = operands.isEmpty() ? List.of("-") : operands;
      boolean separate = options.has('s');
      Lines.Opening opening =
          name -> {
            if (separate) {
              editor.restart();
            }
          };
      try (Lines lines = new Lines(task, names, terminator, separate, opening)) {
        int code = editor.edit(lines);
        return lines.hasFailed() && code == 0 ? 1 : code;
      }
    }
  }

  private static Options options(Task task) throws Failure {
    return Options.parse(
        task,
        "i::rEne:f:szu",
        "in-place=i",
        "regexp-extended=E",
        "quiet=n",
        "silent=n",
        "expression=e",
        "file=f",
        "separate=s",
        "null-data=z",
        "unbuffered=u",
        "posix",
        "debug",
        "version");
  }

  private static String script(Task task, Options options, List<String> operands)
      throws IOException {
    List<String> pieces = new ArrayList<>();
    for (Options.Given given : options.given()) {
      String value = given.value().orElse("");
      switch (given.name()) {
        case "e" -> pieces.add(value);
        case "f" -> pieces.add(read(task, value));
        default -> {}
      }
    }
    if (!options.has('e') && !options.has('f')) {
      if (operands.isEmpty()) {
        throw new Failure("no script given");
      }
      pieces.add(operands.removeFirst());
    }
    return String.join("\n", pieces);
  }

  private static String read(Task task, String name) throws IOException {
    try (Input input = Input.open(task, name);
        Charge charge = new Charge(task)) {
      String text = Text.decode(input.readAll(charge));
      return text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
    } catch (PosixException e) {
      throw Failure.of(1, name, e);
    }
  }

  private static int inPlace(
      Task task, Options options, List<String> names, Editor editor, Files files, int terminator)
      throws IOException {
    int code = 0;
    for (String name : names) {
      Optional<FileStat> stat = regular(task, name);
      if (stat.isEmpty()) {
        code = 1;
        continue;
      }
      String folder = name.substring(0, name.lastIndexOf('/') + 1);
      String working = folder + ".sed" + task.pid();
      OpenFile file = task.files().create(working, OpenMode.WRITE, 0600, false);
      try (Target target = new Target(new Output(task, file), terminator);
          Lines lines = oneFile(task, name, terminator, editor)) {
        files.redirect(Optional.of(target));
        code = Math.max(code, editor.edit(lines));
      } finally {
        files.redirect(Optional.empty());
      }
      replace(task, name, working, stat.get(), options.value('i'));
    }
    return code;
  }

  /** The lines of a file to be edited; its name may be a dash. */
  private static Lines oneFile(Task task, String name, int terminator, Editor editor) {
    String path = name.equals("-") ? "./-" : name;
    return new Lines(task, List.of(path), terminator, true, opened -> editor.restart());
  }

  private static Optional<FileStat> regular(Task task, String name) {
    try {
      FileStat stat = task.files().stat(name);
      if (stat.isRegular()) {
        return Optional.of(stat);
      }
      task.complain("couldn't edit " + name + ": not a regular file");
    } catch (IOException e) {
      task.complain(name + ": " + e.getMessage());
    }
    return Optional.empty();
  }

  private static void replace(
      Task task, String name, String working, FileStat stat, Optional<String> suffix)
      throws IOException {
    if (task.files().credentials().can(LinuxCapability.CHOWN)) {
      task.files().setOwner(working, stat.uid(), stat.gid(), false);
    }
    task.files().setMode(working, stat.mode());
    if (suffix.isPresent()) {
      task.files().rename(name, name + suffix.get());
    }
    task.files().rename(working, name);
  }
}
