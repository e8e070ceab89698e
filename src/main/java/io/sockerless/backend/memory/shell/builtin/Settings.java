package io.sockerless.backend.memory.shell.builtin;

import io.sockerless.backend.memory.shell.OptionSettings;
import io.sockerless.backend.memory.shell.Quoting;
import io.sockerless.backend.memory.shell.ShellState;
import java.io.IOException;
import java.util.List;

/** Options and positional parameters. */
final class Settings {

  private Settings() {}

  static int set(Invocation call) throws IOException {
    ShellState state = call.state();
    if (call.arguments().isEmpty()) {
      StringBuilder text = new StringBuilder();
      state
          .variables()
          .all()
          .forEach((name, variable) ->
              variable
                  .value()
                  .ifPresent(value ->
                      text.append(name).append('=').append(Quoting.quote(value)).append('\n')));
      call.print(text.toString());
      return 0;
    }
    OptionSettings.Result result;
    try {
      result = OptionSettings.apply(state, call.arguments());
    } catch (OptionSettings.UnknownException e) {
      throw call.abort(e.getMessage());
    }
    call.print(result.listing());
    result.operands().ifPresent(state::setParameters);
    return 0;
  }

  static int shift(Invocation call) {
    ShellState state = call.state();
    List<String> operands = call.operands();
    int count = operands.isEmpty() ? 1 : call.requireNumber(operands.getFirst());
    List<String> parameters = state.parameters();
    if (count > parameters.size()) {
      return 1;
    }
    state.setParameters(parameters.subList(count, parameters.size()));
    return 0;
  }
}
