package io.sockerless.backend.memory.utility.process;

import io.sockerless.backend.core.driver.LinuxCapability;
import io.sockerless.backend.memory.fs.Errno;
import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.utility.Failure;
import io.sockerless.backend.memory.utility.Options;
import io.sockerless.backend.memory.utility.Output;
import io.sockerless.backend.memory.utility.Utility;
import java.io.IOException;
import java.util.stream.Stream;

/** Says that priorities cannot be changed here. */
final class Renice extends Utility {

  @Override
  protected int run(Task task, Output output) throws IOException {
    Options options = Options.parse(task, "n:p:g:u:");
    if (options.given().isEmpty()) {
      options.operands(1, Integer.MAX_VALUE);
    }
    boolean raises =
        Stream.concat(options.value('n').stream(), options.operands().stream().limit(1))
            .findFirst()
            .filter(priority -> priority.startsWith("-"))
            .isPresent();
    Errno reason =
        raises && !task.files().credentials().can(LinuxCapability.SYS_NICE)
            ? Errno.EACCES
            : Errno.ENOSYS;
    throw new Failure("setpriority: " + reason.text());
  }
}
