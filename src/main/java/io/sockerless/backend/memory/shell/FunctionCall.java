package io.sockerless.backend.memory.shell;

import io.sockerless.backend.memory.shell.syntax.Command;
import java.io.IOException;
import java.util.List;

/** One call of a function: what it covers is there again afterwards. */
record FunctionCall(Interpreter shell, Command.Function function) {

  /** As deep as a task's stack surely allows. */
  private static final int MAX_DEPTH = 1_000;

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
    try {
      return shell.run(function.body());
    } catch (ControlFlow.Return e) {
      return e.value();
    } finally {
      state.bash().leave();
      state.variables().closeScope();
      state.setFunctionDepth(state.functionDepth() - 1);
      state.setLoops(loops);
      state.setParameters(parameters);
    }
  }
}
