package io.sockerless.backend.memory.shell.builtin;

import io.sockerless.backend.memory.shell.ControlFlow;
import java.util.List;
import java.util.function.IntFunction;

/** Leaves loops, functions, the shell. */
final class Control {

  private Control() {}

  static int leave(Invocation call) {
    int levels = levels(call);
    if (levels > 0) {
      throw new ControlFlow.Break(levels);
    }
    return 0;
  }

  static int goOn(Invocation call) {
    int levels = levels(call);
    if (levels > 0) {
      throw new ControlFlow.Continue(levels);
    }
    return 0;
  }

  private static int levels(Invocation call) {
    List<String> operands = call.operands();
    int levels = operands.isEmpty() ? 1 : call.requireNumber(operands.getFirst());
    if (levels < 1) {
      throw call.abort("Illegal number: " + operands.getFirst());
    }
    return Math.min(levels, call.state().loops());
  }

  static Builtin.Action ending(IntFunction<ControlFlow> end) {
    return call -> {
      throw end.apply(status(call));
    };
  }

  private static int status(Invocation call) {
    List<String> operands = call.operands();
    return operands.isEmpty()
        ? call.state().status()
        : call.requireNumber(operands.getFirst()) & 0xff;
  }
}
