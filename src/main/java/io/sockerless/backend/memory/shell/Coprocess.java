package io.sockerless.backend.memory.shell;

import io.sockerless.backend.memory.fs.OpenFile;
import io.sockerless.backend.memory.kernel.Pipe;
import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.shell.syntax.Command;
import java.io.IOException;
import java.util.List;

/**
 * Bash's {@code coproc}: a command in the background that the shell writes to and reads from, by
 * the descriptors in an array, which is there until the command has ended.
 */
record Coprocess(Interpreter shell, Launcher launcher, Command.Coprocess command) {

  private static final int HIGHEST = 63;

  int start() throws IOException {
    Pipe to = new Pipe();
    Pipe from = new Pipe();
    OpenFile input = to.reader();
    OpenFile output = from.writer();
    OpenFile reader = from.reader();
    OpenFile writer = to.writer();
    Job job = launcher.startBetween(command.command(), command.text(), input, output);
    int reading = place(reader);
    int writing = place(writer);
    ShellState state = shell.state();
    Variables variables = state.variables();
    variables.clearArray(command.name(), false);
    variables.setElement(command.name(), "0", Integer.toString(reading));
    variables.setElement(command.name(), "1", Integer.toString(writing));
    variables.set(pidName(), Integer.toString(job.pid()));
    state.setLastBackground(job.pid());
    state.bash().ownDescriptors().add(reading);
    state.bash().ownDescriptors().add(writing);
    job.whenForgotten(() -> forget(reading, writing));
    return 0;
  }

  private String pidName() {
    return command.name() + "_PID";
  }

  /** Puts a file where no script's own numbers are. */
  private int place(OpenFile file) throws IOException {
    int number = HIGHEST;
    while (number > 0 && shell.task().descriptors().find(number).isPresent()) {
      number--;
    }
    shell.task().descriptors().set(number, file);
    return number;
  }

  private void forget(int reading, int writing) throws IOException {
    Variables variables = shell.state().variables();
    variables.forget(command.name());
    variables.forget(pidName());
    close(shell.task(), shell.state(), reading);
    close(shell.task(), shell.state(), writing);
  }

  /** Closes what a program that takes the shell's place does not get. */
  static void closeAll(Task task, ShellState state) throws IOException {
    for (int number : List.copyOf(state.bash().ownDescriptors())) {
      close(task, state, number);
    }
  }

  private static void close(Task task, ShellState state, int number) throws IOException {
    if (state.bash().ownDescriptors().remove(number)
        && task.descriptors().find(number).isPresent()) {
      task.descriptors().close(number);
    }
  }
}
