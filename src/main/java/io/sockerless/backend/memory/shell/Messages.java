package io.sockerless.backend.memory.shell;

import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.kernel.Text;
import io.sockerless.backend.memory.shell.builtin.Builtins;
import java.io.IOException;

/** What a shell says on standard error, as ash words it. */
public final class Messages {

  private final Task task;
  private final ShellState state;

  Messages(Task task, ShellState state) {
    this.task = task;
    this.state = state;
  }

  /** Tells an error, with the command and the line it is of. */
  public void error(String message) {
    error(message, state.line());
  }

  /** Tells of a program that was killed, which is no command's error. */
  void killed(String what) {
    String command = state.commandName();
    state.setCommandName("");
    error(what);
    state.setCommandName(command);
  }

  /** Tells an error at a line. */
  void error(String message, int line) {
    if (state.isBash()) {
      print(asBash(message, line) + "\n");
      return;
    }
    StringBuilder text = new StringBuilder(state.name()).append(": ");
    String command = state.commandName();
    if (!command.isEmpty()) {
      if (!command.equals(state.name())) {
        text.append(command).append(": ");
      }
      if (!state.isInteractive()) {
        text.append("line ").append(line + state.firstLine() - 1).append(": ");
      }
    }
    print(text.append(message).append('\n').toString());
  }

  /** With the file and the line, unless a person waits for it. */
  private String asBash(String message, int line) {
    String source = state.bash().source();
    int first = Math.max(1, state.firstLine());
    String where =
        (source.isEmpty() || source.equals("environment") ? state.name() : source)
            + (state.isInteractive() || line == 0 ? "" : separator() + (line + first - 1));
    String command = state.commandName();
    boolean builtin =
        !command.equals(state.name())
            && Builtins.find(command, state.dialect()).isPresent()
            && !command.equals("exec");
    return where + ": " + (builtin ? command + ": " : "") + message;
  }

  private String separator() {
    return state.bash().options().contains(BashOption.GNU_ERRFMT) ? ":" : ": line ";
  }

  /** Prints text; nobody hears of it if standard error is closed. */
  public void print(String text) {
    try {
      task.error().write(Text.encode(text));
    } catch (IOException e) {
      // There is no other place to tell an error.
      return;
    }
  }
}
