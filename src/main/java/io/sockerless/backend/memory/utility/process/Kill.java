package io.sockerless.backend.memory.utility.process;

import io.sockerless.backend.memory.fs.PosixException;
import io.sockerless.backend.memory.kernel.Signal;
import io.sockerless.backend.memory.kernel.SignalSender;
import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.utility.Console;
import io.sockerless.backend.memory.utility.Failure;
import io.sockerless.backend.memory.utility.Output;
import io.sockerless.backend.memory.utility.Quantities;
import io.sockerless.backend.memory.utility.Utility;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Sends signals to tasks by their numbers. */
final class Kill extends Utility {

  @Override
  protected int run(Task task, Output output) throws IOException {
    List<String> arguments = new ArrayList<>(task.arguments().subList(1, task.arguments().size()));
    Optional<Signal> signal = Optional.of(Signal.TERM);
    if (!arguments.isEmpty() && arguments.getFirst().equals("-l")) {
      list(output, arguments.subList(1, arguments.size()));
      return 0;
    }
    if (!arguments.isEmpty() && arguments.getFirst().startsWith("-")) {
      String option = arguments.removeFirst();
      if (option.equals("-s") || option.equals("-n")) {
        if (arguments.isEmpty()) {
          throw new Failure("you need to specify whom to kill");
        }
        signal = Processes.parseSignal(arguments.removeFirst());
      } else if (!option.equals("--")) {
        signal = Processes.parseSignal(option.substring(1));
      }
    }
    if (!arguments.isEmpty() && arguments.getFirst().equals("--")) {
      arguments.removeFirst();
    }
    if (arguments.isEmpty()) {
      throw new Failure("you need to specify whom to kill");
    }
    return send(new Console(task, output), arguments, signal);
  }

  private static int send(Console console, List<String> targets, Optional<Signal> signal)
      throws IOException {
    for (String target : targets) {
      boolean group = target.startsWith("-");
      Optional<Long> number = Quantities.parse(group ? target.substring(1) : target, 10);
      if (number.isEmpty() || number.get() > Integer.MAX_VALUE) {
        console.complain("invalid number '" + target + "'");
        continue;
      }
      try {
        int id = number.get().intValue();
        SignalSender sender = new SignalSender(console.task());
        if (group || id == 0) {
          sender.sendToGroup(id, signal);
        } else {
          sender.sendTo(id, signal);
        }
      } catch (PosixException e) {
        console.complain("can't kill pid " + target, e);
      }
    }
    return console.code();
  }

  private static void list(Output output, List<String> names) throws IOException {
    if (names.isEmpty()) {
      for (Signal signal : Signal.values()) {
        output.printLine(String.format(Locale.ROOT, "%2d) %s", signal.number(), shown(signal)));
      }
      return;
    }
    for (String name : names) {
      Optional<Long> number = Quantities.parse(name, 10);
      Optional<Signal> signal =
          number.isPresent()
              ? Signal.of((int) (number.get() & 0x7f))
              : Signal.of(name.equals("POLL") ? "IO" : name);
      if (signal.isEmpty()) {
        throw new Failure("unknown signal '" + name + "'");
      }
      output.printLine(
          number.isPresent() ? shown(signal.get()) : Integer.toString(signal.get().number()));
    }
  }

  private static String shown(Signal signal) {
    return signal == Signal.IO ? "POLL" : signal.name();
  }
}
