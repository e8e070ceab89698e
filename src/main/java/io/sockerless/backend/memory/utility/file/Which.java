package io.sockerless.backend.memory.utility.file;

import io.sockerless.backend.memory.fs.FileStat;
import io.sockerless.backend.memory.fs.PosixException;
import io.sockerless.backend.memory.kernel.Commands;
import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.utility.Options;
import io.sockerless.backend.memory.utility.Output;
import io.sockerless.backend.memory.utility.Utility;
import java.io.IOException;

/** Prints where commands are found. */
final class Which extends Utility {

  @Override
  protected int run(Task task, Output output) throws IOException {
    Options options = Options.parse(task, "a");
    int code = 0;
    for (String command : options.operands(1, Integer.MAX_VALUE)) {
      if (!find(task, output, command, options.has('a'))) {
        code = 1;
      }
    }
    return code;
  }

  private static boolean find(Task task, Output output, String command, boolean all)
      throws IOException {
    if (command.contains("/")) {
      boolean found = isExecutable(task, command);
      if (found) {
        output.printLine(command);
      }
      return found;
    }
    boolean any = false;
    String path = task.environment().getOrDefault("PATH", Commands.DEFAULT_PATH);
    for (String folder : path.split(":", -1)) {
      String candidate = TreeWalk.join(folder.isEmpty() ? "." : folder, command);
      if ((all || !any) && isExecutable(task, candidate)) {
        output.printLine(candidate);
        any = true;
      }
    }
    return any;
  }

  private static boolean isExecutable(Task task, String path) throws IOException {
    try {
      FileStat stat = task.files().stat(path);
      return stat.isRegular() && task.files().credentials().may(stat, 1);
    } catch (PosixException e) {
      return false;
    }
  }
}
