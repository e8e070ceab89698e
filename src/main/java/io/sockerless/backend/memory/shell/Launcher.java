package io.sockerless.backend.memory.shell;

import io.sockerless.backend.memory.fs.Errno;
import io.sockerless.backend.memory.fs.OpenFile;
import io.sockerless.backend.memory.fs.OpenMode;
import io.sockerless.backend.memory.fs.PosixException;
import io.sockerless.backend.memory.kernel.Pipe;
import io.sockerless.backend.memory.kernel.Program;
import io.sockerless.backend.memory.kernel.ProgramLoader;
import io.sockerless.backend.memory.kernel.Signal;
import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.shell.syntax.Command;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Starts what runs in tasks of its own: programs, subshells, the stages of pipelines. */
final class Launcher {

  private final Task task;
  private final ShellState state;
  private final Jobs jobs;
  private final Messages messages;
  private final CommandSearch search;

  Launcher(Task task, ShellState state, Jobs jobs, Messages messages, CommandSearch search) {
    this.task = task;
    this.state = state;
    this.jobs = jobs;
    this.messages = messages;
    this.search = search;
  }

  /** Runs in a shell of its own. */
  interface Body {
    int run(Interpreter shell) throws IOException;
  }

  /** Runs something in a child and waits for it. */
  int foreground(Body body, String text) throws IOException {
    return await(start(List.of(body), text, false, Optional.empty()));
  }

  /** Runs the stages of a pipeline and waits for them. */
  int pipeline(Command.Pipeline pipeline) throws IOException {
    return await(start(bodies(pipeline.stages()), pipeline.text(), false, Optional.empty()));
  }

  /** Starts the stages of a pipeline, the last of which writes into a pipe. */
  Job startInto(List<Command> stages, String text, Pipe pipe) throws IOException {
    return start(bodies(stages), text, false, Optional.of(pipe.writer()));
  }

  /** Starts a command that nobody waits for, between two files. */
  Job startBetween(Command command, String text, OpenFile input, OpenFile output)
      throws IOException {
    jobs.reap();
    Program wiring =
        child -> {
          child.descriptors().set(0, input);
          child.descriptors().set(1, output);
          return 0;
        };
    try {
      int group = state.has(ShellOption.MONITOR) ? 0 : task.group();
      Task child = fork(shell -> runAlone(shell, command), wiring, group, false);
      return jobs.add(List.of(child), text, state.has(ShellOption.MONITOR));
    } catch (PosixException e) {
      input.close();
      output.close();
      throw cannotFork(e);
    }
  }

  private static int runAlone(Interpreter shell, Command command) throws IOException {
    Coprocess.closeAll(shell.task(), shell.state());
    return shell.runLast(command);
  }

  private static List<Body> bodies(List<Command> stages) {
    List<Body> bodies = new ArrayList<>();
    stages.forEach(stage -> bodies.add(shell -> shell.runLast(stage)));
    return bodies;
  }

  private int await(Job job) throws IOException {
    boolean monitored = state.has(ShellOption.MONITOR);
    int status = jobs.awaitForeground(job);
    if (monitored) {
      task.terminal().ifPresent(terminal -> terminal.setForeground(task.group()));
      if (job.isStopped()) {
        messages.print("\n" + jobs.describe(job));
      } else if (status == 128 + Signal.INT.number()) {
        messages.print("\n");
      }
    }
    return status;
  }

  /** Lets a job go on in the foreground, and waits for it. */
  int resume(Job job) throws IOException {
    if (job.isGrouped()) {
      task.terminal().ifPresent(terminal -> terminal.setForeground(job.group()));
    }
    job.setStopped(false);
    job.tasks().forEach(it -> it.signal(Signal.CONT));
    return await(job);
  }

  /** Runs a command that nobody waits for. */
  void background(Command command, String text) throws IOException {
    List<Body> bodies =
        command instanceof Command.Pipeline pipeline
            ? bodies(pipeline.stages())
            : List.of(shell -> shell.runLast(command));
    jobs.reap();
    Job job = start(bodies, text, true, Optional.empty());
    state.setLastBackground(job.pid());
    if (state.isInteractive()) {
      messages.print("[" + job.number() + "] " + job.pid() + "\n");
    }
  }

  private Job start(List<Body> bodies, String text, boolean background, Optional<OpenFile> end)
      throws IOException {
    boolean grouped = state.has(ShellOption.MONITOR);
    List<Task> tasks = new ArrayList<>();
    Optional<OpenFile> input = Optional.empty();
    for (int i = 0; i < bodies.size(); i++) {
      Optional<Pipe> pipe = i < bodies.size() - 1 ? Optional.of(new Pipe()) : Optional.empty();
      Optional<OpenFile> output = pipe.isPresent() ? pipe.map(Pipe::writer) : end;
      Optional<OpenFile> nextInput = pipe.map(Pipe::reader);
      Program wiring = wiring(input, output, background && i == 0);
      int group = !grouped ? task.group() : tasks.isEmpty() ? 0 : tasks.getFirst().pid();
      try {
        tasks.add(fork(bodies.get(i), wiring, group, grouped && !background));
      } catch (PosixException e) {
        close(input);
        close(output);
        close(nextInput);
        throw cannotFork(e);
      }
      input = nextInput;
    }
    return jobs.add(tasks, text, grouped);
  }

  private static void close(Optional<OpenFile> file) throws IOException {
    if (file.isPresent()) {
      file.get().close();
    }
  }

  ControlFlow.Abort cannotFork(PosixException e) {
    messages.error("can't fork: " + e.errno().text());
    return new ControlFlow.Abort(2);
  }

  Task fork(Body body, Program wiring, int group, boolean foreground) throws IOException {
    ShellState copy = state.forSubshell();
    Task child =
        task.fork(
            it -> {
              Interpreter shell = new Interpreter(it, copy);
              return shell.runToEnd(() -> body.run(shell));
            },
            it -> {
              joinGroup(it, group, foreground);
              return wiring.run(it);
            });
    joinGroup(child, group, foreground);
    return child;
  }

  /** Done by both sides, since either may be the first to need it. */
  private static void joinGroup(Task child, int group, boolean foreground) {
    child.setGroup(group == 0 ? child.pid() : group);
    if (foreground) {
      child.terminal().ifPresent(terminal -> terminal.setForeground(child.group()));
    }
  }

  private Program wiring(Optional<OpenFile> input, Optional<OpenFile> output, boolean detached) {
    boolean ignores = detached && !state.has(ShellOption.MONITOR);
    return child -> {
      if (input.isPresent()) {
        child.descriptors().set(0, input.get());
      } else if (ignores) {
        readNothing(child);
      }
      if (output.isPresent()) {
        child.descriptors().set(1, output.get());
      }
      if (ignores) {
        child.setDisposition(Signal.INT, Task.Disposition.IGNORE);
        child.setDisposition(Signal.QUIT, Task.Disposition.IGNORE);
      }
      return 0;
    };
  }

  private static void readNothing(Task child) throws IOException {
    try {
      child.descriptors().set(0, child.files().open("/dev/null", OpenMode.READ));
    } catch (PosixException e) {
      child.descriptors().set(0, new TextFile(new byte[0]));
    }
  }

  /** Starts a command that nobody waits for, with a file as one of its descriptors. */
  void detached(Command command, int descriptor, OpenFile file) throws IOException {
    Program wiring =
        child -> {
          child.descriptors().set(descriptor, file);
          return 0;
        };
    try {
      fork(
          shell -> {
            shell.state().bash().deepen(1);
            return shell.runLast(command);
          },
          wiring,
          task.group(),
          false);
    } catch (PosixException e) {
      file.close();
      throw cannotFork(e);
    }
  }

  /**
   * Runs a program in this task's place.
   *
   * @return its exit code; 127 if there is none and 126 if it cannot be run, which is told
   */
  int execute(List<String> command) throws IOException {
    String name = command.getFirst();
    return execute(command, name, false, state.isBash() ? name + ": command not found" : "");
  }

  /** The same for {@code exec}, which chooses what the program is called and its environment. */
  int execute(List<String> command, String name, boolean bare) throws IOException {
    List<String> arguments = new ArrayList<>(command);
    String file = arguments.set(0, name);
    Optional<String> path = state.isBash() ? search.find(file) : Optional.empty();
    String missing = state.isBash() ? "exec: " + file + ": not found" : "";
    if (path.isEmpty() || !state.isBash()) {
      return execute(command, file, bare, missing);
    }
    return execute(arguments, path.get(), bare, missing);
  }

  private int execute(List<String> command, String name, boolean bare, String missing)
      throws IOException {
    Optional<String> path = search.find(name);
    if (path.isEmpty()) {
      messages.error(missing.isEmpty() ? name + ": not found" : missing);
      return 127;
    }
    Coprocess.closeAll(task, state);
    task.environment().clear();
    if (!bare) {
      task.environment().putAll(state.variables().exported());
      task.environment().putAll(ExportedFunctions.environment(state));
    }
    if (state.isBash() && !bare) {
      task.environment().put("_", path.get());
    }
    try {
      return task.execute(path.get(), command);
    } catch (PosixException e) {
      if (e.errno() == Errno.ENOEXEC) {
        return script(path.get(), command);
      }
      return cannotExecute(name, path.get(), e.errno());
    } catch (ProgramLoader.ExecFormatException e) {
      messages.error(name + ": " + e.getMessage());
      return 126;
    }
  }

  private int cannotExecute(String name, String path, Errno errno) {
    boolean missing = errno == Errno.ENOENT;
    if (!state.isBash()) {
      messages.error(name + ": " + (missing ? "not found" : errno.text()));
    } else if (missing && search.isExecutable(path)) {
      messages.error(path + ": cannot execute: required file not found");
    } else {
      messages.error(name + ": " + errno.text());
    }
    return missing ? 127 : 126;
  }

  /** A file that no program is in is a script of this shell. */
  private int script(String path, List<String> command) throws IOException {
    List<String> arguments = new ArrayList<>(List.of(state.name(), path));
    arguments.addAll(command.subList(1, command.size()));
    task.setArguments(arguments);
    return new Shell(state.dialect()).run(task);
  }
}
