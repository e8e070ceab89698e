package io.sockerless.backend.memory.utility.process;

import io.sockerless.backend.memory.fs.OpenMode;
import io.sockerless.backend.memory.kernel.Commands;
import io.sockerless.backend.memory.kernel.Signal;
import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.utility.Options;
import io.sockerless.backend.memory.utility.Output;
import io.sockerless.backend.memory.utility.Screen;
import io.sockerless.backend.memory.utility.Utility;
import java.io.IOException;
import java.util.List;

/** Runs a command that goes on when the terminal is gone. */
final class Nohup extends Utility {

  private static final int CANNOT_RUN = 127;

  @Override
  protected int run(Task task, Output output) throws IOException {
    List<String> command = Options.parse(task, CANNOT_RUN, "+").operands(1, Integer.MAX_VALUE);
    task.setDisposition(Signal.HUP, Task.Disposition.IGNORE);
    if (Screen.isTerminal(task, 0)) {
      task.descriptors().set(0, task.files().open("/dev/null", OpenMode.READ));
    }
    boolean errorsToo = Screen.isTerminal(task, 2);
    if (Screen.isTerminal(task, 1)) {
      task.complain("appending output to nohup.out");
      task.descriptors().set(1, task.files().create("nohup.out", OpenMode.APPEND, 0600, false));
    }
    if (errorsToo) {
      task.descriptors().duplicate(1, 2);
    }
    return Commands.execute(task, command);
  }
}
