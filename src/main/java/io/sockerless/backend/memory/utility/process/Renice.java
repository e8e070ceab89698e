package io.sockerless.backend.memory.utility.process;

import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.utility.Failure;
import io.sockerless.backend.memory.utility.Options;
import io.sockerless.backend.memory.utility.Output;
import io.sockerless.backend.memory.utility.Utility;
import java.io.IOException;

/** Says that priorities cannot be changed here. */
final class Renice extends Utility {

  @Override
  protected int run(Task task, Output output) throws IOException {
    Options options = Options.parse(task, "n:p:g:u:");
    if (options.given().isEmpty()) {
      options.operands(1, Integer.MAX_VALUE);
    }
    throw new Failure("setpriority: Function not implemented");
  }
}
