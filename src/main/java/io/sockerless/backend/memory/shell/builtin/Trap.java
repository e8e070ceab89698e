package io.sockerless.backend.memory.shell.builtin;

import io.sockerless.backend.memory.kernel.Signal;
import io.sockerless.backend.memory.shell.Quoting;
import io.sockerless.backend.memory.shell.Traps;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Says what is done when a signal comes. */
final class Trap {

  private Trap() {}

  static int trap(Invocation call) throws IOException {
    OptionLetters options = OptionLetters.parse(call, "lp");
    List<String> operands = options.operands();
    Traps traps = call.state().traps();
    if (operands.isEmpty()) {
      StringBuilder text = new StringBuilder();
      traps.exit().ifPresent(action -> text.append(line(action, "EXIT")));
      call.state().bash().errorAction().ifPresent(action -> text.append(line(action, "ERR")));
      traps.all().forEach((signal, action) -> text.append(line(action, signal.name())));
      call.print(text.toString());
      return 0;
    }
    boolean clears =
        operands.size() == 1
            || operands.getFirst().equals("-")
            || Invocation.number(operands.getFirst()).isPresent();
    Optional<String> action = clears ? Optional.empty() : Optional.of(operands.getFirst());
    int from = clears && !operands.getFirst().equals("-") ? 0 : 1;
    int status = 0;
    for (String name : operands.subList(from, operands.size())) {
      status |= change(call, name, action);
    }
    return status;
  }

  private static String line(String action, String name) {
    return "trap -- " + Quoting.quote(action) + " " + name + "\n";
  }

  private static int change(Invocation call, String name, Optional<String> action) {
    Traps traps = call.state().traps();
    if (name.equals("0") || name.equalsIgnoreCase("EXIT")) {
      traps.setExit(action);
      return 0;
    }
    if (call.state().isBash() && name.equals("ERR")) {
      call.state().bash().setErrorAction(action);
      return 0;
    }
    Optional<Signal> signal = Signal.of(name);
    if (signal.isEmpty()) {
      call.complain(name + ": invalid signal specification");
      return 1;
    }
    if (action.isPresent()) {
      traps.set(call.task(), signal.get(), action.get());
    } else {
      traps.clear(call.task(), signal.get());
    }
    return 0;
  }
}
