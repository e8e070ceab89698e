package io.sockerless.backend.memory.utility.process;

import io.sockerless.backend.core.driver.LinuxCapability;
import io.sockerless.backend.memory.fs.PosixException;
import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.utility.Failure;
import io.sockerless.backend.memory.utility.Options;
import io.sockerless.backend.memory.utility.Output;
import io.sockerless.backend.memory.utility.Utility;
import java.io.IOException;

/** Prints the kernel's messages, of which a container sees none. */
final class Dmesg extends Utility {

  @Override
  protected int run(Task task, Output output) throws IOException {
    Options.parse(task, "cn:s:r").operands(0, 0);
    try {
      task.files().credentials().need(LinuxCapability.SYSLOG);
    } catch (PosixException e) {
      throw Failure.of(1, "klogctl", e);
    }
    return 0;
  }
}
