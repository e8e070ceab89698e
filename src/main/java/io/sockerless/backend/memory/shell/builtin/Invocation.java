package io.sockerless.backend.memory.shell.builtin;

import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.shell.ControlFlow;
import io.sockerless.backend.memory.shell.Interpreter;
import io.sockerless.backend.memory.shell.ShellState;
import java.io.IOException;
import java.util.List;
import java.util.OptionalInt;

/**
 * One call of a built-in.
 *
 * @param words the name first
 */
public record Invocation(Interpreter shell, List<String> words) {

  /** The name that it was called by. */
  String name() {
    return words.getFirst();
  }

  /** The arguments after the name. */
  List<String> arguments() {
    return words.subList(1, words.size());
  }

  /** The arguments after the name, and after a double minus if that comes first. */
  List<String> operands() {
    List<String> arguments = arguments();
    return !arguments.isEmpty() && arguments.getFirst().equals("--")
        ? arguments.subList(1, arguments.size())
        : arguments;
  }

  Task task() {
    return shell.task();
  }

  ShellState state() {
    return shell.state();
  }

  void print(String text) throws IOException {
    if (!text.isEmpty()) {
      task().print(text);
    }
  }

  void complain(String message) {
    shell.messages().error(message);
  }

  /** Tells an error that ends a script. */
  ControlFlow.Abort abort(String message) {
    complain(message);
    return new ControlFlow.Abort(2);
  }

  /** Tells an error that ends a script of ash, and is a status in bash. */
  ControlFlow.Abort failure(String ofAsh, String ofBash) {
    complain(state().isBash() ? ofBash : ofAsh);
    return new ControlFlow.Abort(state().isBash() ? 1 : 2);
  }

  /** A number of digits that is not too large. */
  static OptionalInt number(String text) {
    return !text.isEmpty() && text.length() < 10 && text.chars().allMatch(c -> c >= '0' && c <= '9')
        ? OptionalInt.of(Integer.parseInt(text))
        : OptionalInt.empty();
  }

  /** The number that an argument is; anything else ends a script. */
  int requireNumber(String text) {
    return number(text).orElseThrow(() -> abort("Illegal number: " + text));
  }
}
