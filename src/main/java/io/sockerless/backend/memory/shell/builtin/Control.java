package io.sockerless.backend.memory.shell.builtin;

import io.sockerless.backend.memory.shell.ControlFlow;
import java.util.List;

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

  static int giveBack(Invocation call) {
    throw new ControlFlow.Return(status(call));
  }

  static int exit(Invocation call) {
    throw new ControlFlow.Exit(status(call));
  }

  private static int status(Invocation call) {
    List<String> operands = call.operands();
    return operands.isEmpty()
        ? call.state().status()
        : call.requireNumber(operands.getFirst()) & 0xff;
  }
}
