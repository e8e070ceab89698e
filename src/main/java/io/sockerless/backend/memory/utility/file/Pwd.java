package io.sockerless.backend.memory.utility.file;

import io.sockerless.backend.memory.fs.PosixException;
import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.utility.Options;
import io.sockerless.backend.memory.utility.Output;
import io.sockerless.backend.memory.utility.Utility;
import java.io.IOException;

/** Prints the working directory. */
final class Pwd extends Utility {

  @Override
  protected int run(Task task, Output output) throws IOException {
    Options options = Options.parse(task, "LP");
    boolean logical = options.lastOf("LP").filter(letter -> letter == 'L').isPresent();
    String named = task.environment().getOrDefault("PWD", "");
    boolean right = logical && named.startsWith("/") && isHere(task, named);
    output.printLine(right ? named : task.files().directory());
    return 0;
  }

  private static boolean isHere(Task task, String path) throws IOException {
    try {
      return task.files().realPath(path).equals(task.files().directory());
    } catch (PosixException e) {
      return false;
    }
  }
}
