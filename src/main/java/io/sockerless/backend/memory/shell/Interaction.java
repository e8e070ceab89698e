package io.sockerless.backend.memory.shell;

import io.sockerless.backend.memory.fs.Errno;
import io.sockerless.backend.memory.fs.OpenFile;
import io.sockerless.backend.memory.fs.PosixException;
import io.sockerless.backend.memory.kernel.Commands;
import io.sockerless.backend.memory.kernel.Signal;
import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.kernel.Terminal;
import io.sockerless.backend.memory.kernel.Text;
import io.sockerless.backend.memory.shell.builtin.Builtins;
import io.sockerless.backend.memory.shell.edit.Completion;
import io.sockerless.backend.memory.shell.edit.LineEditor;
import io.sockerless.backend.memory.shell.syntax.Command;
import io.sockerless.backend.memory.shell.syntax.Parser;
import io.sockerless.backend.memory.shell.syntax.SyntaxException;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** A shell that asks a person for commands. */
final class Interaction {

  private static final int ERROR = 2;

  private final Interpreter shell;
  private final Task task;
  private final ShellState state;
  private final LineInput input;
  private final Optional<LineEditor> editor;

  Interaction(Interpreter shell) throws IOException {
    this.shell = shell;
    this.task = shell.task();
    this.state = shell.state();
    OpenFile file = task.descriptors().get(0);
    this.input = new LineInput(task, file);
    Completion completion = new Completion(task.files(), this::commands);
    this.editor =
        file instanceof Terminal.Line line
            ? Optional.of(new LineEditor(file, line.terminal(), completion))
            : Optional.empty();
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
    Parser parser = new Parser(this::line, state.dialect(), state::alias);
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
      String prompt = Prompt.text(shell, continued ? "PS2" : "PS1");
      try {
        return editor.isPresent() ? edited(editor.get(), prompt) : plain(prompt);
      } catch (PosixException e) {
        if (e.errno() != Errno.EINTR) {
          throw e;
        }
        shell.messages().print("\n");
        shell.runTraps();
      }
    }
  }

  private Optional<String> plain(String prompt) throws IOException {
    shell.messages().print(prompt);
    byte[] line = input.next('\n', Integer.MAX_VALUE);
    return line.length == 0 ? Optional.empty() : Optional.of(Text.decode(line));
  }

  private static Optional<String> edited(LineEditor editor, String prompt) throws IOException {
    return switch (editor.read(prompt)) {
      case LineEditor.Outcome.Line line -> Optional.of(line.text() + "\n");
      case LineEditor.Outcome.End end -> Optional.empty();
      case LineEditor.Outcome.Abandoned abandoned ->
          throw new ControlFlow.Abort(128 + Signal.INT.number());
    };
  }

  private Set<String> commands(String prefix) {
    Set<String> names = new TreeSet<>(Builtins.names(state.dialect()));
    names.addAll(state.functions().keySet());
    names.addAll(state.aliases().keySet());
    String path = state.variables().get("PATH", Commands.DEFAULT_PATH);
    for (String folder : path.split(":", -1)) {
      try {
        task.files().list(folder).forEach(entry -> names.add(entry.name()));
      } catch (IOException e) {
        names.remove("");
      }
    }
    names.removeIf(name -> !name.startsWith(prefix));
    return names;
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
