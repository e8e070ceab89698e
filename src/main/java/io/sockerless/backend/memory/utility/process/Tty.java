package io.sockerless.backend.memory.utility.process;

import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.utility.Options;
import io.sockerless.backend.memory.utility.Output;
import io.sockerless.backend.memory.utility.Screen;
import io.sockerless.backend.memory.utility.Utility;
import java.io.IOException;

/** Prints the name of the terminal that is read from. */
final class Tty extends Utility {

  @Override
  protected int run(Task task, Output output) throws IOException {
    Options options = Options.parse(task, "s", "silent=s", "quiet=s");
    boolean terminal = Screen.isTerminal(task, 0);
    if (!options.has('s')) {
      output.printLine(terminal ? "/dev/pts/0" : "not a tty");
    }
    return terminal ? 0 : 1;
  }
}
