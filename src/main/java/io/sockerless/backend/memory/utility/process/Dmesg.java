package io.sockerless.backend.memory.utility.process;

import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.utility.Options;
import io.sockerless.backend.memory.utility.Output;
import io.sockerless.backend.memory.utility.Utility;
import java.io.IOException;

/** Prints the kernel's messages, of which a container sees none. */
final class Dmesg extends Utility {

  @Override
  protected int run(Task task, Output output) throws IOException {
    Options.parse(task, "cn:s:r").operands(0, 0);
    return 0;
  }
}
