package io.sockerless.backend.memory.utility.process;

import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.utility.Options;
import io.sockerless.backend.memory.utility.Output;
import io.sockerless.backend.memory.utility.Utility;
import java.io.IOException;

/** Prints what machine it is. */
final class Arch extends Utility {

  @Override
  protected int run(Task task, Output output) throws IOException {
    Options.parse(task, "").operands(0, 0);
    output.printLine(SystemFacts.machine());
    return 0;
  }
}
