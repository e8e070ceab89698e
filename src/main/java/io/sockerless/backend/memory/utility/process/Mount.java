package io.sockerless.backend.memory.utility.process;

import io.sockerless.backend.core.driver.LinuxCapability;
import io.sockerless.backend.memory.fs.Errno;
import io.sockerless.backend.memory.fs.Mounts;
import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.utility.Failure;
import io.sockerless.backend.memory.utility.Options;
import io.sockerless.backend.memory.utility.Output;
import io.sockerless.backend.memory.utility.Utility;
import java.io.IOException;
import java.util.List;

/** Prints what is mounted; nothing can be mounted from inside. */
final class Mount extends Utility {

  @Override
  protected int run(Task task, Output output) throws IOException {
    Options options = Options.parse(task, "aflnrsvwit:o:T:O:");
    List<String> operands = options.operands(0, 2);
    if (!operands.isEmpty() || options.has('a')) {
      throw new Failure(
          task.files().credentials().can(LinuxCapability.SYS_ADMIN)
              ? "mounting " + operands.getFirst() + ": " + Errno.ENOSYS.text()
              : "permission denied (are you root?)");
    }
    for (Mounts.Mount mount : task.files().mounts().listed()) {
      output.printLine(
          "%s on %s type %s (%s)"
              .formatted(mount.source(), mount.target(), mount.tree().type(), mount.options()));
    }
    return 0;
  }
}
