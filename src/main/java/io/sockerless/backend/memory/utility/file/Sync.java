package io.sockerless.backend.memory.utility.file;

import io.sockerless.backend.memory.fs.OpenFile;
import io.sockerless.backend.memory.fs.OpenMode;
import io.sockerless.backend.memory.fs.PosixException;
import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.utility.Console;
import io.sockerless.backend.memory.utility.Options;
import io.sockerless.backend.memory.utility.Output;
import io.sockerless.backend.memory.utility.Utility;
import java.io.IOException;

/** Makes sure that files survive; without files there is nothing that {@code close} left undone. */
final class Sync extends Utility {

  private final int least;

  /**
   * {@code sync} or {@code fsync}.
   *
   * @param least how many files must be named
   */
  Sync(int least) {
    this.least = least;
  }

  @Override
  protected int run(Task task, Output output) throws IOException {
    Options options = Options.parse(task, "df");
    Console console = new Console(task, output);
    for (String path : options.operands(least, Integer.MAX_VALUE)) {
      try (OpenFile file = task.files().open(path, OpenMode.READ)) {
        file.sync();
      } catch (PosixException e) {
        console.complain("can't open '" + path + "'", e);
      }
    }
    return console.code();
  }
}
