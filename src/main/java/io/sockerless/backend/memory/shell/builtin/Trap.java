package io.sockerless.backend.memory.shell.builtin;

import io.sockerless.backend.memory.kernel.Signal;
import io.sockerless.backend.memory.shell.BashState;
import io.sockerless.backend.memory.shell.Quoting;
import io.sockerless.backend.memory.shell.Traps;
import io.sockerless.backend.memory.shell.expand.Words;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Says what is done when a signal comes. */
final class Trap {

  private Trap() {}

  static int trap(Invocation call) throws IOException {
    OptionLetters options = OptionLetters.parse(call, "lp");
    List<String> operands = options.operands();
    if (operands.isEmpty()) {
      show(call, name -> true);
      return 0;
    }
    if (options.has('p') && call.state().isBash()) {
      for (String operand : operands) {
        show(call, plain(operand)::equals);
      }
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

  private static void show(Invocation call, Predicate<String> wanted) throws IOException {
    Traps traps = call.state().traps();
    BashState bash = call.state().bash();
    Map<String, String> actions = new LinkedHashMap<>();
    traps.exit().ifPresent(action -> actions.put("EXIT", action));
    bash.errorAction().ifPresent(action -> actions.put("ERR", action));
    bash.debugAction().ifPresent(action -> actions.put("DEBUG", action));
    bash.returnAction().ifPresent(action -> actions.put("RETURN", action));
    traps.all().forEach((signal, action) -> actions.put(signal.name(), action));
    StringBuilder text = new StringBuilder();
    actions.forEach((name, action) -> {
      if (wanted.test(name)) {
        boolean full = call.state().isBash() && Signal.of(name).isPresent();
        String quoted = call.state().isBash() ? Words.quote(action) : Quoting.quote(action);
        text.append("trap -- %s %s\n".formatted(quoted, full ? "SIG" + name : name));
      }
    });
    call.print(text.toString());
  }

  /** The name that something is kept by: {@code USR1} for {@code SIGUSR1} and for its number. */
  private static String plain(String name) {
    return name.equals("0") ? "EXIT" : Signal.of(name).map(Signal::name).orElse(name);
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
    if (call.state().isBash() && name.equals("DEBUG")) {
      call.state().bash().setDebugAction(action);
      return 0;
    }
    if (call.state().isBash() && name.equals("RETURN")) {
      call.state().bash().setReturnAction(action);
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
