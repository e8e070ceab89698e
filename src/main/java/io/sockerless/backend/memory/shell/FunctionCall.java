package io.sockerless.backend.memory.shell;

import io.sockerless.backend.memory.shell.syntax.Command;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One call of a function: what it covers is there again afterwards. */
record FunctionCall(Interpreter shell, Command.Function function) {

  /** As deep as a task's stack surely allows. */
  private static final int MAX_DEPTH = 1_000;

  private int body() throws IOException {
    try {
      return shell.run(function.body());
    } catch (ControlFlow.Return e) {
      return e.value();
    }
  }

  /** Runs what the function asked to be run when it returns. */
  private int returned(int status) throws IOException {
    Optional<String> action = shell.state().bash().returnAction();
    if (action.isPresent()) {
      shell.evaluate(action.get());
    }
    return status;
  }

  int run(List<String> arguments) throws IOException {
    ShellState state = shell.state();
    if (state.functionDepth() >= MAX_DEPTH) {
      shell.messages().error(function.name() + ": functions are nested too deeply");
      throw new ControlFlow.Abort(2);
    }
    List<String> parameters = state.parameters();
    int loops = state.loops();
    state.setParameters(arguments.subList(1, arguments.size()));
    state.setLoops(0);
    state.setFunctionDepth(state.functionDepth() + 1);
    state.variables().openScope();
    state
        .bash()
        .enter(
            new BashState.Frame(
                function.name(), state.bash().sourceOf(function.name()), state.line()));
    int line = state.line();
    boolean held = state.holdLine(false);
    Optional<String> outer = state.bash().returnAction();
    Optional<Set<ShellOption>> outerOptions = state.swapKeptOptions(Optional.empty());
    boolean traced = state.has(ShellOption.FUNCTRACE);
    if (traced) {
      shell.begin(state.bash().command());
    } else {
      state.bash().setReturnAction(Optional.empty());
    }
    try {
      return returned(body());
    } finally {
      state.swapKeptOptions(outerOptions).ifPresent(state::setOptions);
      if (state.bash().returnAction().isEmpty()) {
        state.bash().setReturnAction(outer);
      }
      state.setLine(held ? line : state.line());
      state.holdLine(held);
      state.bash().leave();
      state.variables().closeScope();
      state.setFunctionDepth(state.functionDepth() - 1);
      state.setLoops(loops);
      state.setParameters(parameters);
    }
  }
}
