package io.sockerless.backend.memory.utility.file;

import io.sockerless.backend.memory.fs.PosixException;
import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.utility.Console;
import io.sockerless.backend.memory.utility.Options;
import io.sockerless.backend.memory.utility.Output;
import io.sockerless.backend.memory.utility.Utility;
import java.io.IOException;

/** Prints paths without links and dots. */
final class Realpath extends Utility {

  @Override
  protected int run(Task task, Output output) throws IOException {
    Console console = new Console(task, output);
    Options options = Options.parse(task, "em");
    for (String path : options.operands(1, Integer.MAX_VALUE)) {
      try {
        String real =
            options.has('m')
                ? Readlink.canonical(task.files(), path, true)
                : task.files().realPath(path);
        output.printLine(real);
      } catch (PosixException e) {
        console.complain(path, e);
      }
    }
    return console.code();
  }
}
