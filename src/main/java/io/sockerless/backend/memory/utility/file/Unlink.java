package io.sockerless.backend.memory.utility.file;

import io.sockerless.backend.memory.fs.PosixException;
import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.utility.Failure;
import io.sockerless.backend.memory.utility.Options;
import io.sockerless.backend.memory.utility.Output;
import io.sockerless.backend.memory.utility.Utility;
import java.io.IOException;

/** Takes away one name, by the system call alone. */
final class Unlink extends Utility {

  @Override
  protected int run(Task task, Output output) throws IOException {
    String path = Options.parse(task, "").operands(1, 1).getFirst();
    try {
      task.files().unlink(path);
      return 0;
    } catch (PosixException e) {
      throw Failure.of(1, "can't remove file '" + path + "'", e);
    }
  }
}
