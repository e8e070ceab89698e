package io.sockerless.backend.memory.shell.builtin;

import io.sockerless.backend.memory.fs.PosixException;
import io.sockerless.backend.memory.kernel.Signal;
import io.sockerless.backend.memory.kernel.SignalSender;
import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.shell.Job;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Sends signals to tasks, groups and jobs. */
final class Kill {

  private static final int SIGNALS_IN_A_LINE = 5;

  private Kill() {}

  static int kill(Invocation call) throws IOException {
    List<String> arguments = new ArrayList<>(call.arguments());
    Optional<Signal> signal = Optional.of(Signal.TERM);
    boolean probes = false;
    if (!arguments.isEmpty() && arguments.getFirst().equals("-l")) {
      return list(call, arguments.subList(1, arguments.size()));
    }
    if (!arguments.isEmpty()
        && arguments.getFirst().startsWith("-")
        && !arguments.getFirst().equals("--")) {
      String name = arguments.removeFirst().substring(1);
      if (name.equals("s") && !arguments.isEmpty()) {
        name = arguments.removeFirst();
      }
      probes = name.equals("0");
      signal = Signal.of(name);
      if (signal.isEmpty() && !probes) {
        call.complain("bad signal name '" + name + "'");
        return 1;
      }
    }
    if (!arguments.isEmpty() && arguments.getFirst().equals("--")) {
      arguments.removeFirst();
    }
    if (arguments.isEmpty()) {
      call.complain("you need to specify whom to kill");
      return 1;
    }
    int status = 0;
    for (String target : arguments) {
      status |= send(call, target, signal);
    }
    call.task().checkpoint();
    return status;
  }

  private static int list(Invocation call, List<String> operands) throws IOException {
    StringBuilder text = new StringBuilder();
    if (operands.isEmpty() && call.state().isBash()) {
      call.print(table());
      return 0;
    }
    if (operands.isEmpty()) {
      for (Signal signal : Signal.values()) {
        text.append(signal.number() < 10 ? " " : "")
            .append(signal.number())
            .append(") ")
            .append(signal.name())
            .append('\n');
      }
    }
    for (String operand : operands) {
      int number = Invocation.number(operand).orElse(0);
      Optional<Signal> signal = number > 128 ? Signal.of(number - 128) : Signal.of(operand);
      if (signal.isEmpty()) {
        call.complain("unknown signal '" + operand + "'");
        return 1;
      }
      text.append(number > 0 ? signal.get().name() : signal.get().number()).append('\n');
    }
    call.print(text.toString());
    return 0;
  }

  /** All signals, five in a line. */
  static String table() {
    StringBuilder text = new StringBuilder();
    for (Signal signal : Signal.values()) {
      boolean last = signal.number() % SIGNALS_IN_A_LINE == 0;
      text.append("%2d) SIG%s".formatted(signal.number(), signal.name()))
          .append(last ? '\n' : '\t');
    }
    return text.append('\n').toString();
  }

  private static int send(Invocation call, String target, Optional<Signal> signal) {
    boolean group = target.startsWith("-");
    String digits = group ? target.substring(1) : target;
    try {
      SignalSender sender = new SignalSender(call.task());
      if (target.startsWith("%")) {
        Optional<Job> job = call.shell().jobs().find(target);
        if (job.isEmpty()) {
          call.complain(target + ": no such job");
          return 1;
        }
        for (Task task : job.get().tasks()) {
          sender.send(task, signal);
        }
      } else if (Invocation.number(digits).isEmpty()) {
        call.complain(
            call.state().isBash()
                ? target + ": arguments must be process or job IDs"
                : "invalid number '" + target + "'");
        return 1;
      } else if (group || Integer.parseInt(digits) == 0) {
        sender.sendToGroup(Integer.parseInt(digits), signal);
      } else {
        sender.sendTo(Integer.parseInt(digits), signal);
      }
      return 0;
    } catch (PosixException e) {
      call.complain(
          call.state().isBash()
              ? "(" + target + ") - " + e.errno().text()
              : "can't kill pid " + target + ": " + e.getMessage());
      return 1;
    }
  }
}
