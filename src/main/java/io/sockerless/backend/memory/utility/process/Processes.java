package io.sockerless.backend.memory.utility.process;

import io.sockerless.backend.memory.kernel.Signal;
import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.utility.Failure;
import io.sockerless.backend.memory.utility.Strings;
import java.util.Optional;

/** The container's tasks as utilities find and show them. */
final class Processes {

  private Processes() {}

  /** The name of what a task runs, without its folder. */
  static String name(Task task) {
    return task.arguments().isEmpty() ? "" : Strings.lastName(task.arguments().getFirst());
  }

  /** The name and the arguments; the name in brackets for what has ended. */
  static String commandLine(Task task) {
    return task.hasEnded() ? "[" + name(task) + "]" : String.join(" ", task.arguments());
  }

  /** The user that a task runs as. */
  static int user(Task task) {
    return task.files().credentials().uid();
  }

  /** The signal of an option or an operand; 0 is none. */
  static Optional<Signal> parseSignal(String text) throws Failure {
    if (text.equals("0") || text.equals("EXIT")) {
      return Optional.empty();
    }
    Optional<Signal> signal = Signal.of(text);
    if (signal.isEmpty()) {
      throw new Failure("bad signal name '" + text + "'");
    }
    return signal;
  }
}
