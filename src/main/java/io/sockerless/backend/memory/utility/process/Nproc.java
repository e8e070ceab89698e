package io.sockerless.backend.memory.utility.process;

import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.utility.Options;
import io.sockerless.backend.memory.utility.Output;
import io.sockerless.backend.memory.utility.Quantities;
import io.sockerless.backend.memory.utility.Utility;
import java.io.IOException;

/** Prints how many processors there are. */
final class Nproc extends Utility {

  @Override
  protected int run(Task task, Output output) throws IOException {
    Options options = Options.parse(task, "", "all", "ignore:");
    int ignored =
        options.value("ignore").isPresent() ? Quantities.small(options.value("ignore").get()) : 0;
    int number =
        options.has("all")
            ? Runtime.getRuntime().availableProcessors()
            : SystemFacts.processors(task);
    output.printLine(Integer.toString(Math.max(1, number - ignored)));
    return 0;
  }
}
