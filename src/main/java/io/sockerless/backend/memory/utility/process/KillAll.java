package io.sockerless.backend.memory.utility.process;

import io.sockerless.backend.memory.fs.PosixException;
import io.sockerless.backend.memory.kernel.Signal;
import io.sockerless.backend.memory.kernel.SignalSender;
import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.utility.Console;
import io.sockerless.backend.memory.utility.Failure;
import io.sockerless.backend.memory.utility.Output;
import io.sockerless.backend.memory.utility.Utility;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Sends a signal to all tasks of some names. */
final class KillAll extends Utility {

  @Override
  protected int run(Task task, Output output) throws IOException {
    List<String> names = new ArrayList<>(task.arguments().subList(1, task.arguments().size()));
    Optional<Signal> signal = Optional.of(Signal.TERM);
    boolean quiet = false;
    while (!names.isEmpty() && names.getFirst().startsWith("-")) {
      String option = names.removeFirst();
      if (option.equals("-q")) {
        quiet = true;
      } else if (option.equals("-s") && !names.isEmpty()) {
        signal = Processes.parseSignal(names.removeFirst());
      } else {
        signal = Processes.parseSignal(option.substring(1));
      }
    }
    if (names.isEmpty()) {
      throw new Failure("you need to specify whom to kill");
    }
    Console console = new Console(task, output);
    for (String name : names) {
      boolean any = false;
      for (Task target : task.kernel().processes().tasks()) {
        if (target != task && !target.hasEnded() && Processes.name(target).equals(name)) {
          any = true;
          try {
            new SignalSender(task).send(target, signal);
          } catch (PosixException e) {
            console.complain("can't kill pid " + target.pid(), e);
          }
        }
      }
      if (!any && quiet) {
        console.fail();
      } else if (!any) {
        console.complain(name + ": no process killed");
      }
    }
    return console.code();
  }
}
