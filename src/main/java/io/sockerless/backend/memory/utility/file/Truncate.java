package io.sockerless.backend.memory.utility.file;

import io.sockerless.backend.memory.fs.OpenFile;
import io.sockerless.backend.memory.fs.OpenMode;
import io.sockerless.backend.memory.fs.PosixException;
import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.utility.Console;
import io.sockerless.backend.memory.utility.Failure;
import io.sockerless.backend.memory.utility.Numbers;
import io.sockerless.backend.memory.utility.Options;
import io.sockerless.backend.memory.utility.Output;
import io.sockerless.backend.memory.utility.Quantities;
import io.sockerless.backend.memory.utility.Utility;
import java.io.IOException;
import java.util.List;

/** Cuts files, or lengthens them with zeros. */
final class Truncate extends Utility {

  @Override
  protected int run(Task task, Output output) throws IOException {
    Options options = Options.parse(task, "cs:", "no-create=c", "size=s");
    List<String> operands = options.operands(1, Integer.MAX_VALUE);
    String text = options.value('s').orElseThrow(() -> new Failure("missing operand: -s SIZE"));
    if (!Character.isDigit(text.isEmpty() ? ' ' : text.charAt(0))) {
      throw Quantities.invalid(text);
    }
    long size = Numbers.size(text);
    Console console = new Console(task, output);
    for (String path : operands) {
      if (options.has('c') && !task.files().exists(path)) {
        continue;
      }
      OpenMode mode = new OpenMode(false, true, false, false);
      try (OpenFile file = task.files().create(path, mode, 0666, false)) {
        file.truncate(size);
      } catch (PosixException e) {
        console.complain(path + ": open", e);
      }
    }
    return console.code();
  }
}
