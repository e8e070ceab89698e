package io.sockerless.backend.memory.utility.file;

import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.utility.Options;
import io.sockerless.backend.memory.utility.Output;
import io.sockerless.backend.memory.utility.Strings;
import io.sockerless.backend.memory.utility.Utility;
import java.io.IOException;

/** Prints a path without its last name. */
final class Dirname extends Utility {

  @Override
  protected int run(Task task, Output output) throws IOException {
    String path = Options.parse(task, "+").operands(1, 1).getFirst();
    output.printLine(of(path));
    return 0;
  }

  private static String of(String path) {
    String trimmed = Strings.trimSlashes(path);
    int slash = trimmed.lastIndexOf('/');
    if (slash < 0) {
      return ".";
    }
    return Strings.trimSlashes(trimmed.substring(0, Math.max(slash, 1)));
  }
}
