package io.sockerless.backend.memory.utility.process;

import io.sockerless.backend.memory.kernel.Commands;
import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.kernel.Terminal;
import io.sockerless.backend.memory.utility.Options;
import io.sockerless.backend.memory.utility.Output;
import io.sockerless.backend.memory.utility.Screen;
import io.sockerless.backend.memory.utility.Utility;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Runs a command in a session of its own. */
final class Setsid extends Utility {

  @Override
  protected int run(Task task, Output output) throws IOException {
    Options options = Options.parse(task, "+cw");
    List<String> command = options.operands(1, Integer.MAX_VALUE);
    Optional<Terminal> terminal = Screen.of(task, 0);
    task.startSession();
    if (options.has('c')) {
      terminal.ifPresent(it -> {
        task.setTerminal(it);
        it.setForeground(task.group());
      });
    }
    return Commands.execute(task, command);
  }
}
