package io.sockerless.backend.memory.utility.file;

import io.sockerless.backend.memory.fs.Errno;
import io.sockerless.backend.memory.fs.PosixException;
import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.utility.Console;
import io.sockerless.backend.memory.utility.Options;
import io.sockerless.backend.memory.utility.Output;
import io.sockerless.backend.memory.utility.Strings;
import io.sockerless.backend.memory.utility.Utility;
import java.io.IOException;

/** Removes empty folders. */
final class Rmdir extends Utility {

  @Override
  protected int run(Task task, Output output) throws IOException {
    Options options = Options.parse(task, "p", "parents=p", "ignore-fail-on-non-empty", "verbose");
    Console console = new Console(task, output);
    for (String operand : options.operands(1, Integer.MAX_VALUE)) {
      String path = operand;
      while (remove(console, options, path)) {
        path = Strings.trimSlashes(path);
        int slash = path.lastIndexOf('/');
        if (!options.has('p') || slash <= 0) {
          break;
        }
        path = path.substring(0, slash);
      }
    }
    return console.code();
  }

  private static boolean remove(Console console, Options options, String path) throws IOException {
    try {
      console.task().files().removeDirectory(path);
      return true;
    } catch (PosixException e) {
      if (e.errno() != Errno.ENOTEMPTY || !options.has("ignore-fail-on-non-empty")) {
        console.complain("'" + path + "'", e);
      }
      return false;
    }
  }
}
