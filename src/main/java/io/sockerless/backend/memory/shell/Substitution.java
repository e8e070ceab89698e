package io.sockerless.backend.memory.shell;

import io.sockerless.backend.memory.fs.Errno;
import io.sockerless.backend.memory.fs.OpenFile;
import io.sockerless.backend.memory.fs.OpenMode;
import io.sockerless.backend.memory.fs.PosixException;
import io.sockerless.backend.memory.kernel.FileInput;
import io.sockerless.backend.memory.kernel.Pipe;
import io.sockerless.backend.memory.kernel.Program;
import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.kernel.Text;
import io.sockerless.backend.memory.shell.syntax.Command;
import io.sockerless.backend.memory.shell.syntax.Redirection;
import io.sockerless.backend.memory.shell.syntax.Word;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Runs commands for what they print. */
final class Substitution {

  private static final int BLOCK = 8_192;

  private final Task task;
  private final ShellState state;
  private final Jobs jobs;
  private final Launcher launcher;

  Substitution(Task task, ShellState state, Jobs jobs, Launcher launcher) {
    this.task = task;
    this.state = state;
    this.jobs = jobs;
    this.launcher = launcher;
  }

  /** What a command prints, newlines at its end taken off; its status is kept. */
  String of(Command command) throws IOException {
    Pipe pipe = new Pipe();
    OpenFile writer = pipe.writer();
    try (OpenFile reader = pipe.reader()) {
      Program wiring =
          child -> {
            child.descriptors().set(1, writer);
            return 0;
          };
      Task child;
      try {
        child =
            launcher.fork(
                shell -> {
                  shell.state().clearTested();
                  shell.state().bash().deepen(1);
                  forgetErrexit(shell.state());
                  Optional<Word> file = fileAlone(command);
                  return file.isPresent() ? print(shell, file.get()) : shell.runLast(command);
                },
                wiring,
                task.group(),
                false);
      } catch (PosixException e) {
        writer.close();
        throw launcher.cannotFork(e);
      }
      String text = readAll(reader);
      Job job = new Job(0, List.of(child), "", false);
      state.setSubstituted(jobs.awaitForeground(job));
      return text;
    }
  }

  /** The file that is all there is in a substitution, as in {@code $(< file)}. */
  private Optional<Word> fileAlone(Command command) {
    return state.isBash()
            && command instanceof Command.Simple it
            && it.words().isEmpty()
            && it.assignments().isEmpty()
            && it.redirections().size() == 1
            && it.redirections().getFirst() instanceof Redirection.ToFile file
            && file.kind() == Redirection.Kind.READ
        ? Optional.of(file.target())
        : Optional.empty();
  }

  /** Prints a file: what a substitution of nothing but a redirection is in bash. */
  private static int print(Interpreter shell, Word path) throws IOException {
    String name = shell.expander().text(path);
    try (OpenFile file = shell.task().files().open(name, OpenMode.READ)) {
      new FileInput(file).transferTo(shell.task().output());
      return 0;
    } catch (PosixException e) {
      shell.messages().error(name + ": " + e.errno().text());
      return 1;
    }
  }

  /** In bash a substitution goes on after a failure, unless that is wished otherwise. */
  private static void forgetErrexit(ShellState child) {
    if (child.isBash() && !child.bash().options().contains(BashOption.INHERIT_ERREXIT)) {
      child.options().remove(ShellOption.ERREXIT);
    }
  }

  private String readAll(OpenFile reader) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    byte[] block = new byte[BLOCK];
    long charged = 0;
    try {
      while (true) {
        int count;
        try {
          count = reader.read(block, 0, block.length);
        } catch (PosixException e) {
          if (e.errno() == Errno.EINTR) {
            continue;
          }
          throw e;
        }
        if (count < 0) {
          return withoutNewlines(bytes.toByteArray());
        }
        task.kernel().memory().charge(count);
        charged += count;
        bytes.write(block, 0, count);
      }
    } finally {
      task.kernel().memory().charge(-charged);
    }
  }

  private static String withoutNewlines(byte[] bytes) {
    int end = bytes.length;
    while (end > 0 && bytes[end - 1] == '\n') {
      end--;
    }
    String text = Text.decode(bytes, 0, end);
    return text.indexOf('\0') < 0 ? text : text.replace("\0", "");
  }
}
