package io.sockerless.backend.memory.utility.process;

import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.utility.Failure;
import io.sockerless.backend.memory.utility.Options;
import io.sockerless.backend.memory.utility.Output;
import io.sockerless.backend.memory.utility.Utility;
import java.io.IOException;

/** Prints who has logged in, which in a container nobody has. */
final class Logname extends Utility {

  @Override
  protected int run(Task task, Output output) throws IOException {
    Options.parse(task, "").operands(0, 0);
    throw new Failure("getlogin: No such device or address");
  }
}
