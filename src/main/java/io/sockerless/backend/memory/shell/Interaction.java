package io.sockerless.backend.memory.shell;

import io.sockerless.backend.memory.fs.Errno;
import io.sockerless.backend.memory.fs.PosixException;
import io.sockerless.backend.memory.kernel.Signal;
import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.kernel.Terminal;
import io.sockerless.backend.memory.kernel.Text;
import io.sockerless.backend.memory.shell.syntax.Command;
import io.sockerless.backend.memory.shell.syntax.Parser;
import io.sockerless.backend.memory.shell.syntax.SyntaxException;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Optional;

/** A shell that asks a person for commands. */
final class Interaction {

  private static final int ERROR = 2;

  private final Interpreter shell;
  private final Task task;
  private final ShellState state;
  private final LineInput input;

  Interaction(Interpreter shell) throws IOException {
    this.shell = shell;
    this.task = shell.task();
    this.state = shell.state();
    this.input = new LineInput(task, task.descriptors().get(0));
  }

  int run() throws IOException {
    state
        .traps()
        .catchForShell(task, EnumSet.of(Signal.INT, Signal.QUIT, Signal.TERM, Signal.TSTP));
    Optional<Terminal> terminal = task.terminal();
    if (terminal.isPresent()) {
      state.options().add(ShellOption.MONITOR);
      task.setGroup(task.pid());
      terminal.get().setForeground(task.group());
    }
    Parser parser = new Parser(this::line, state::alias);
    while (true) {
      try {
        Optional<Command> command = parser.next();
        if (command.isEmpty()) {
          return state.status();
        }
        shell.run(command.get());
      } catch (SyntaxException e) {
        shell.messages().error(e.getMessage());
        state.setStatus(ERROR);
        parser.discard();
      } catch (ControlFlow.Abort e) {
        state.setStatus(e.value());
        parser.discard();
      } catch (ControlFlow.Return | ControlFlow.Break | ControlFlow.Continue e) {
        state.setStatus(0);
      }
      state.clearTested();
      state.setLoops(0);
      state.setCommandName("");
    }
  }

  private Optional<String> line(boolean continued) throws IOException {
    if (!continued) {
      tellEnded();
    }
    while (true) {
      shell.messages().print(Prompt.text(shell, continued ? "PS2" : "PS1"));
      try {
        byte[] line = input.next('\n', Integer.MAX_VALUE);
        return line.length == 0 ? Optional.empty() : Optional.of(Text.decode(line));
      } catch (PosixException e) {
        if (e.errno() != Errno.EINTR) {
          throw e;
        }
        shell.messages().print("\n");
        shell.runTraps();
      }
    }
  }

  private void tellEnded() throws IOException {
    Jobs jobs = shell.jobs();
    jobs.reap();
    for (Job job : jobs.all()) {
      if (job.isDone()) {
        shell.messages().print(jobs.describe(job));
        jobs.remove(job);
      }
    }
  }
}
