package io.sockerless.backend.memory.utility.process;

import io.sockerless.backend.memory.fs.PosixException;
import io.sockerless.backend.memory.kernel.Commands;
import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.utility.Console;
import io.sockerless.backend.memory.utility.Failure;
import io.sockerless.backend.memory.utility.Options;
import io.sockerless.backend.memory.utility.Output;
import io.sockerless.backend.memory.utility.Quantities;
import io.sockerless.backend.memory.utility.Utility;
import io.sockerless.backend.memory.utility.file.TreeWalk;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Runs all programs of a folder in the order of their names. */
final class RunParts extends Utility {

  @Override
  protected int run(Task task, Output output) throws IOException {
    Options options =
        Options.parse(
            task,
            "a:u:r",
            "arg=a",
            "umask=u",
            "test",
            "exit-on-error",
            "reverse=r",
            "list",
            "regex:");
    String folder = options.operands(1, 1).getFirst();
    if (options.value('u').isPresent()) {
      setUmask(task, options.value('u').get());
    }
    Console console = new Console(task, output);
    List<String> names = new ArrayList<>();
    try {
      names.addAll(TreeWalk.names(task, folder));
    } catch (PosixException e) {
      task.complain(folder + ": " + e.getMessage());
      return 0;
    }
    for (String name : options.has('r') ? names.reversed() : names) {
      String path = TreeWalk.join(folder, name);
      if (!name.matches("[A-Za-z0-9_.-]+") || !isProgram(task, path)) {
        continue;
      }
      if (options.has("test") || options.has("list")) {
        output.printLine(path);
        continue;
      }
      output.flush();
      if (!succeeds(console, path, options.values("a")) && options.has("exit-on-error")) {
        return 1;
      }
    }
    return console.code();
  }

  private static boolean succeeds(Console console, String path, List<String> arguments)
      throws IOException {
    List<String> command = new ArrayList<>(List.of(path));
    command.addAll(arguments);
    int code = Commands.run(console.task(), command);
    if (code != 0) {
      console.complain(path + ": exit status " + code);
    }
    return code == 0;
  }

  private static void setUmask(Task task, String text) throws Failure {
    long bits = Quantities.parse(text, 8).orElseThrow(() -> Quantities.invalid(text));
    task.files().setUmask((int) (bits & 0777));
  }

  private static boolean isProgram(Task task, String path) throws IOException {
    try {
      return task.files().stat(path).isRegular() && task.files().access(path, 1);
    } catch (PosixException e) {
      return false;
    }
  }
}
