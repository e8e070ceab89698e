package io.sockerless.backend.memory.utility.file;

import io.sockerless.backend.memory.fs.FileType;
import io.sockerless.backend.memory.fs.PosixException;
import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.utility.Failure;
import io.sockerless.backend.memory.utility.Options;
import io.sockerless.backend.memory.utility.Output;
import io.sockerless.backend.memory.utility.Quantities;
import io.sockerless.backend.memory.utility.Utility;
import java.io.IOException;
import java.util.List;

/** Makes nodes of devices, and named pipes. */
final class Mknod extends Utility {

  private static final int MAX_MINOR = 0xff;

  @Override
  protected int run(Task task, Output output) throws IOException {
    Options options = Options.parse(task, "m:", "mode=m");
    List<String> operands = options.operands(2, 4);
    FileType type =
        switch (operands.get(1)) {
          case "b" -> FileType.BLOCK;
          case "c", "u" -> FileType.CHARACTER;
          case "p" -> FileType.FIFO;
          default -> throw new Failure("missing operand: one of the types b, c, u, p");
        };
    if ((type == FileType.FIFO) != (operands.size() == 2) || operands.size() == 3) {
      throw new Failure("missing operand: MAJOR MINOR, for devices alone");
    }
    long device = 0;
    if (type != FileType.FIFO) {
      int minor = Quantities.small(operands.get(3));
      if (minor > MAX_MINOR) {
        throw Quantities.invalid(operands.get(3));
      }
      device = (long) Quantities.small(operands.get(2)) << 8 | minor;
    }
    String path = operands.getFirst();
    try {
      task.files().makeNode(path, type, 0666, device);
      if (options.value('m').isPresent()) {
        ModeChange change = ModeChange.parse(options.value('m').get());
        task.files().setMode(path, change.apply(0666, false, task.files().umask()));
      }
      return 0;
    } catch (PosixException e) {
      throw Failure.of(1, path, e);
    }
  }
}
