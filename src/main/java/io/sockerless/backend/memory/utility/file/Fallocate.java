package io.sockerless.backend.memory.utility.file;

import io.sockerless.backend.memory.fs.Errno;
import io.sockerless.backend.memory.fs.OpenFile;
import io.sockerless.backend.memory.fs.OpenMode;
import io.sockerless.backend.memory.fs.PosixException;
import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.utility.Failure;
import io.sockerless.backend.memory.utility.Numbers;
import io.sockerless.backend.memory.utility.Options;
import io.sockerless.backend.memory.utility.Output;
import io.sockerless.backend.memory.utility.Utility;
import java.io.IOException;

/** Makes a file at least as long as asked for. */
final class Fallocate extends Utility {

  @Override
  protected int run(Task task, Output output) throws IOException {
    Options options = Options.parse(task, "l:o:", "length=l", "offset=o");
    String path = options.operands(1, 1).getFirst();
    String length = options.value('l').orElseThrow(() -> new Failure("missing operand: -l LEN"));
    long offset = options.value('o').isPresent() ? Numbers.size(options.value('o').get()) : 0;
    long size = Numbers.size(length);
    OpenMode mode = new OpenMode(true, true, false, false);
    try (OpenFile file = task.files().create(path, mode, 0666, false)) {
      if (size <= 0 || offset < 0) {
        throw Errno.EINVAL.exception();
      }
      if (file.stat().size() < offset + size) {
        file.truncate(offset + size);
      }
      return 0;
    } catch (PosixException e) {
      throw Failure.of(1, "fallocate '" + path + "'", e);
    }
  }
}
