package io.sockerless.backend.memory.utility.process;

import io.sockerless.backend.core.driver.LinuxCapability;
import io.sockerless.backend.memory.fs.Errno;
import io.sockerless.backend.memory.fs.PosixException;
import io.sockerless.backend.memory.kernel.Commands;
import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.utility.Failure;
import io.sockerless.backend.memory.utility.Options;
import io.sockerless.backend.memory.utility.Output;
import io.sockerless.backend.memory.utility.Utility;
import java.io.IOException;
import java.util.List;

/** Runs a command with another root; only the root that there is can be had. */
final class Chroot extends Utility {

  @Override
  protected int run(Task task, Output output) throws IOException {
    List<String> operands = Options.parse(task, "+").operands(1, Integer.MAX_VALUE);
    String root = operands.getFirst();
    try {
      task.files().credentials().need(LinuxCapability.SYS_CHROOT);
      if (!task.files().realPath(root).equals("/")) {
        throw Errno.EPERM.exception();
      }
      task.files().changeDirectory("/");
    } catch (PosixException e) {
      throw Failure.of(1, "can't change root directory to '" + root + "'", e);
    }
    List<String> command = operands.subList(1, operands.size());
    String shell = task.environment().getOrDefault("SHELL", "/bin/sh");
    return Commands.execute(task, command.isEmpty() ? List.of(shell, "-i") : command);
  }
}
