package io.sockerless.backend.memory.utility.text;

import io.sockerless.backend.memory.fs.OpenMode;
import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.utility.Input;
import io.sockerless.backend.memory.utility.Options;
import io.sockerless.backend.memory.utility.Output;
import io.sockerless.backend.memory.utility.Utility;
import java.io.IOException;

/** {@code dos2unix} and {@code unix2dos}: other ends of lines, in files or from input to output. */
public final class LineEnds extends Utility {

  private final boolean toDos;

  /** Of the utility whose lines end in CR LF, or of the other one. */
  LineEnds(boolean toDos) {
    this.toDos = toDos;
  }

  @Override
  protected int run(Task task, Output output) throws IOException {
    Options options = Options.parse(task, "du", "u2d=d", "d2u=u");
    boolean dos = options.lastOf("du").map(letter -> letter == 'd').orElse(toDos);
    if (options.operands().isEmpty()) {
      convert(Input.standard(task), output, dos);
      return 0;
    }
    return openEach(
        task, output, options.operands(), (name, input) -> replace(task, name, input, dos));
  }

  private static void replace(Task task, String name, Input input, boolean dos) throws IOException {
    String working = name + ".dos" + task.pid();
    int mode = input.file().stat().mode();
    try (Output target =
        new Output(task, task.files().create(working, OpenMode.WRITE, mode, false))) {
      convert(input, target, dos);
    }
    task.files().setMode(working, mode);
    task.files().rename(working, name);
  }

  private static void convert(Input input, Output output, boolean dos) throws IOException {
    int value;
    while ((value = input.read()) >= 0) {
      if (value == '\r') {
        continue;
      }
      if (value == '\n' && dos) {
        output.write('\r');
      }
      output.write(value);
    }
  }
}
