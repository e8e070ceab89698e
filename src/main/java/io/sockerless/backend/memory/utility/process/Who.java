package io.sockerless.backend.memory.utility.process;

import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.utility.Options;
import io.sockerless.backend.memory.utility.Output;
import io.sockerless.backend.memory.utility.Utility;
import java.io.IOException;

/** Prints who has logged in: nobody does in a container, as none of its processes says so. */
final class Who extends Utility {

  private final boolean headed;

  /** {@code w} if it prints a head without being told, else {@code who}. */
  Who(boolean headed) {
    this.headed = headed;
  }

  @Override
  protected int run(Task task, Output output) throws IOException {
    Options options = Options.parse(task, headed ? "" : "aHbqmu");
    options.operands(0, headed ? 0 : 2);
    if (headed || options.has('H')) {
      output.printLine("USER\t\tTTY\t\tIDLE\tTIME\t\t HOST");
    }
    return 0;
  }
}
