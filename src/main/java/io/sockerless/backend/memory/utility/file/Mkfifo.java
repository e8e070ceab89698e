package io.sockerless.backend.memory.utility.file;

import io.sockerless.backend.memory.fs.FileType;
import io.sockerless.backend.memory.fs.PosixException;
import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.utility.Console;
import io.sockerless.backend.memory.utility.Options;
import io.sockerless.backend.memory.utility.Output;
import io.sockerless.backend.memory.utility.Utility;
import java.io.IOException;
import java.util.Optional;

/** Makes named pipes. */
final class Mkfifo extends Utility {

  @Override
  protected int run(Task task, Output output) throws IOException {
    Options options = Options.parse(task, "m:", "mode=m");
    Console console = new Console(task, output);
    Optional<String> mode = options.value('m');
    for (String path : options.operands(1, Integer.MAX_VALUE)) {
      try {
        task.files().makeNode(path, FileType.FIFO, 0666, 0);
        if (mode.isPresent()) {
          int bits = ModeChange.parse(mode.get()).apply(0666, false, task.files().umask());
          task.files().setMode(path, bits);
        }
      } catch (PosixException e) {
        console.complain(path, e);
      }
    }
    return console.code();
  }
}
