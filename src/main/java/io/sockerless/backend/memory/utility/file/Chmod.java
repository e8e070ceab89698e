package io.sockerless.backend.memory.utility.file;

import io.sockerless.backend.memory.fs.FileStat;
import io.sockerless.backend.memory.fs.PosixException;
import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.utility.Console;
import io.sockerless.backend.memory.utility.Options;
import io.sockerless.backend.memory.utility.Output;
import io.sockerless.backend.memory.utility.Utility;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Changes permission bits. */
final class Chmod extends Utility {

  private static final String LETTERS = "Rvcf";

  @Override
  protected int run(Task task, Output output) throws IOException {
    Options options =
        Options.parse(
            shieldModes(task.arguments()),
            1,
            LETTERS,
            "recursive=R",
            "verbose=v",
            "changes=c",
            "quiet=f",
            "silent=f",
            "reference:");
    List<String> operands = options.operands(options.has("reference") ? 1 : 2, Integer.MAX_VALUE);
    ModeChange change;
    if (options.has("reference")) {
      int mode = task.files().stat(options.value("reference").orElseThrow()).mode();
      change = ModeChange.parse(Integer.toOctalString(mode));
    } else {
      change = ModeChange.parse(operands.getFirst());
      operands = operands.subList(1, operands.size());
    }
    Console console = new Console(task, output);
    for (String path : operands) {
      if (options.has('R')) {
        TreeWalk.walk(task, path, TreeWalk.Links.FIRST, new Changer(console, options, change));
      } else {
        changeOne(console, options, change, path);
      }
    }
    return console.code();
  }

  /** A mode such as {@code -x} is no option: it goes behind the options. */
  private static List<String> shieldModes(List<String> arguments) {
    List<String> front = new ArrayList<>();
    List<String> behind = new ArrayList<>();
    boolean ended = false;
    for (String argument : arguments.subList(1, arguments.size())) {
      boolean dashed = !ended && argument.startsWith("-") && argument.length() > 1;
      boolean option =
          dashed
              && (argument.startsWith("--")
                  || argument.chars().skip(1).allMatch(c -> LETTERS.indexOf(c) >= 0));
      if (argument.equals("--")) {
        ended = true;
      } else {
        (option ? front : behind).add(argument);
      }
    }
    front.add("--");
    front.addAll(behind);
    return front;
  }

  private static void changeOne(Console console, Options options, ModeChange change, String path)
      throws IOException {
    Task task = console.task();
    try {
      FileStat stat = task.files().stat(path);
      int mode = change.apply(stat, task.files().umask());
      task.files().setMode(path, mode);
      if (options.has('v') || (options.has('c') && mode != stat.mode())) {
        String letters = ModeChange.letters(task.files().stat(path)).substring(1);
        console
            .output()
            .printLine(
                String.format(
                    Locale.ROOT, "mode of '%s' changed to %04o (%s)", path, mode, letters));
      }
    } catch (PosixException e) {
      if (options.has('f')) {
        console.fail();
      } else {
        console.complain(path, e);
      }
    }
  }

  private record Changer(Console console, Options options, ModeChange change)
      implements TreeWalk.Visitor {
    @Override
    public boolean enter(TreeWalk.Entry entry) throws IOException {
      if (!entry.stat().isLink()) {
        changeOne(console, options, change, entry.path());
      }
      return true;
    }

    @Override
    public void failed(String path, PosixException reason) throws IOException {
      if (options.has('f')) {
        console.fail();
      } else {
        console.complain(path, reason);
      }
    }
  }
}
