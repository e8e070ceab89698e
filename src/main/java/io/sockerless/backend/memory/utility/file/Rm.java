package io.sockerless.backend.memory.utility.file;

import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.utility.Console;
import io.sockerless.backend.memory.utility.Options;
import io.sockerless.backend.memory.utility.Output;
import io.sockerless.backend.memory.utility.Strings;
import io.sockerless.backend.memory.utility.Utility;
import java.io.IOException;

/** Removes files. */
final class Rm extends Utility {

  @Override
  protected int run(Task task, Output output) throws IOException {
    Options options =
        Options.parse(task, "fiRrv", "force=f", "recursive=r", "interactive=i", "verbose=v");
    Console console = new Console(task, output);
    boolean force = options.lastOf("fi").filter(letter -> letter == 'f').isPresent();
    boolean interactive = options.has('i') && !force;
    if (!options.has('f')) {
      options.operands(1, Integer.MAX_VALUE);
    }
    FileRemoval removal =
        new FileRemoval(console, options.lastOf("rR").isPresent(), force, interactive);
    for (String path : options.operands()) {
      String name = Strings.lastName(path);
      if (name.equals(".") || name.equals("..")) {
        console.complain("can't remove '.' or '..'");
      } else {
        removal.remove(Strings.trimSlashes(path));
      }
    }
    return console.code();
  }
}
