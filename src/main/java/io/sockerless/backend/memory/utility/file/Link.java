package io.sockerless.backend.memory.utility.file;

import io.sockerless.backend.memory.fs.PosixException;
import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.utility.Failure;
import io.sockerless.backend.memory.utility.Options;
import io.sockerless.backend.memory.utility.Output;
import io.sockerless.backend.memory.utility.Utility;
import java.io.IOException;
import java.util.List;

/** Gives a file one more name, by the system call alone. */
final class Link extends Utility {

  @Override
  protected int run(Task task, Output output) throws IOException {
    List<String> operands = Options.parse(task, "").operands(2, 2);
    try {
      task.files().hardLink(operands.get(0), operands.get(1));
      return 0;
    } catch (PosixException e) {
      throw Failure.of(
          1, "can't create hardlink '" + operands.get(1) + "' to '" + operands.get(0) + "'", e);
    }
  }
}
