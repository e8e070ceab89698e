package io.sockerless.backend.memory.utility.process;

import io.sockerless.backend.core.driver.LinuxCapability;
import io.sockerless.backend.memory.fs.Errno;
import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.utility.Console;
import io.sockerless.backend.memory.utility.Options;
import io.sockerless.backend.memory.utility.Output;
import io.sockerless.backend.memory.utility.Utility;
import java.io.IOException;

/** Says that nothing can be unmounted from inside. */
final class Umount extends Utility {

  @Override
  protected int run(Task task, Output output) throws IOException {
    Options options = Options.parse(task, "alfrndt:v");
    Errno refusal =
        task.files().credentials().can(LinuxCapability.SYS_ADMIN) ? Errno.ENOSYS : Errno.EPERM;
    Console console = new Console(task, output);
    for (String path : options.operands(options.has('a') ? 0 : 1, Integer.MAX_VALUE)) {
      String reason = task.files().exists(path) ? refusal.text() : Errno.ENOENT.text();
      console.complain("can't unmount " + path + ": " + reason);
    }
    return console.code();
  }
}
