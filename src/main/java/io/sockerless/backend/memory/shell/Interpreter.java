package io.sockerless.backend.memory.shell;

import io.sockerless.backend.memory.kernel.Signal;
import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.shell.expand.Arithmetic;
import io.sockerless.backend.memory.shell.expand.Context;
import io.sockerless.backend.memory.shell.expand.Expander;
import io.sockerless.backend.memory.shell.expand.ExpansionException;
import io.sockerless.backend.memory.shell.syntax.Command;
import io.sockerless.backend.memory.shell.syntax.LineSource;
import io.sockerless.backend.memory.shell.syntax.Redirection;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Runs commands in a task: what POSIX calls a shell execution environment. Each subshell is another
 * one in a task of its own, with a copy of the state.
 *
 * @see <a href="https://pubs.opengroup.org/onlinepubs/9699919799/utilities/V3_chap02.html">POSIX,
 *     Shell Command Language</a>
 */
public final class Interpreter {

  private static final int ERROR = 2;
  private static final int FAILURE = 1;
  private static final int NO_COMMAND = 127;

  private final Task task;
  private final ShellState state;
  private final Messages messages;
  private final Jobs jobs;
  private final CommandSearch search;
  private final Launcher launcher;
  private final Expander expander;
  private final SimpleCommands simple;
  private final CompoundCommands compounds;
  private final Conditions conditions;
  private final ProcessFiles processes;
  private final Assignments assignments;
  private final Trace trace;
  private final Context context;
  private final TrapRunner traps;
  private final Scripts scripts;

  Interpreter(Task task, ShellState state) {
    this.task = task;
    this.state = state;
    this.traps = new TrapRunner(this);
    this.scripts = new Scripts(this);
    this.messages = new Messages(task, state);
    this.jobs = new Jobs(task, state, messages);
    this.search = new CommandSearch(task, state);
    this.launcher = new Launcher(task, state, jobs, messages, search);
    this.processes = new ProcessFiles(task, launcher);
    this.context =
        new ShellContext(task, state, new Substitution(task, state, jobs, launcher), processes);
    this.expander = new Expander(context);
    this.trace = new Trace(task, state, expander, messages);
    this.assignments = new Assignments(state, expander, trace);
    Redirector redirector = new Redirector(task, state, expander, messages);
    this.simple = new SimpleCommands(this, launcher, redirector);
    this.compounds = new CompoundCommands(this, launcher, redirector);
    this.conditions = new Conditions(task, state, expander, messages, trace);
  }

  /** The task that it runs in. */
  public Task task() {
    return task;
  }

  /** What it knows. */
  public ShellState state() {
    return state;
  }

  /** What it says. */
  public Messages messages() {
    return messages;
  }

  /** What it started. */
  public Jobs jobs() {
    return jobs;
  }

  /** Where it finds programs. */
  public CommandSearch search() {
    return search;
  }

  /** What expands its words. */
  public Expander expander() {
    return expander;
  }

  /** What gives variables their values. */
  public Assignments assignments() {
    return assignments;
  }

  /** What shows its commands. */
  Trace trace() {
    return trace;
  }

  /** Shows what a variable is about to become, as bash does for some declarations. */
  public void traceAssignment(String target, String value) throws IOException {
    trace.assignment(target, value);
  }

  /** Something that ends with an exit status. */
  interface Body {
    int run() throws IOException;
  }

  /** A way to run a command. */
  interface Runner {
    int run(Command command) throws IOException;
  }

  /** Runs to the shell's end: what is to be done then is done. */
  int runToEnd(Body body) throws IOException {
    try {
      int status = runToStatus(body);
      Optional<String> action = state.traps().exit();
      if (action.isPresent()) {
        state.traps().setExit(Optional.empty());
        state.setStatus(status);
        int before = status;
        status =
            runToStatus(() -> {
              script(LineSource.of(action.get()));
              return before;
            });
      }
      return status;
    } finally {
      state.variables().release();
    }
  }

  private int runToStatus(Body body) throws IOException {
    try {
      return body.run();
    } catch (ControlFlow.Exit | ControlFlow.Return | ControlFlow.Abort e) {
      return e.value();
    } catch (ControlFlow.Break | ControlFlow.Continue e) {
      return 0;
    }
  }

  /** Runs commands one by one as they come, up to the end or an error. */
  public int script(LineSource source) throws IOException {
    return scripts.all(source);
  }

  /** Runs the commands in a text. */
  public int evaluate(String text) throws IOException {
    state.bash().deepen(1);
    try {
      return script(LineSource.of(text));
    } finally {
      state.bash().deepen(-1);
    }
  }

  /** Runs the commands in a text, the first line of which is the one of the command that runs. */
  public int evaluateHere(String text) throws IOException {
    state.bash().deepen(1);
    try {
      return scripts.here(text);
    } finally {
      state.bash().deepen(-1);
    }
  }

  /** Runs the commands in a text; the last one may take the shell's place. */
  int evaluateLast(String text) throws IOException {
    return scripts.last(text);
  }

  /** Runs a command after which the shell ends: a program takes its place. */
  int runLast(Command command) throws IOException {
    return switch (command) {
      case Command.Simple it -> guarded(() -> checked(simple.run(it, true)));
      case Command.Sequence it when !it.commands().isEmpty() -> {
        for (Command before : it.commands().subList(0, it.commands().size() - 1)) {
          run(before);
        }
        yield runLast(it.commands().getLast());
      }
      case Command.AndOr it -> guarded(() -> compounds.andOr(it, this::runLast));
      default -> run(command);
    };
  }

  /** Runs a command and answers its exit status. */
  public int run(Command command) throws IOException {
    return guarded(() -> dispatch(command));
  }

  private int guarded(Body body) throws IOException {
    if (state.has(ShellOption.NOEXEC) && !state.isInteractive()) {
      return 0;
    }
    task.checkpoint();
    runTraps();
    int status;
    int files = processes.count();
    try {
      status = body.run();
    } catch (ExpansionException e) {
      messages.error(e.getMessage());
      // What evaluates a text goes on after its errors of grammar, but not after these.
      throw state.isBash() && !state.isInteractive()
          ? new ControlFlow.Exit(codeOf(e))
          : new ControlFlow.Abort(codeOf(e));
    } finally {
      processes.closeTo(files);
    }
    state.setStatus(status);
    runTraps();
    return status;
  }

  /** Bash tells apart whether its command line has the commands, which a container's often has. */
  private int codeOf(ExpansionException failure) {
    if (!state.isBash()) {
      return ERROR;
    }
    boolean own = state.bash().isFromArgument() && state.bash().subshells() == 0;
    return own && failure.isOfUnset() ? NO_COMMAND : FAILURE;
  }

  /** In bash an expression that makes no sense fails, and the shell goes on. */
  private int calculated(String keyword, Body body) throws IOException {
    try {
      return checked(body.run());
    } catch (ExpansionException e) {
      if (!state.isBash() || e.isOfUnset()) {
        throw e;
      }
      messages.error(keyword + ": " + e.getMessage());
      return checked(FAILURE);
    }
  }

  private int dispatch(Command command) throws IOException {
    return switch (command) {
      case Command.Simple it -> checked(simple.run(it, false));
      case Command.Pipeline it -> compounds.pipeline(it);
      case Command.Not it -> tested(it.command()) == 0 ? 1 : 0;
      case Command.AndOr it -> compounds.andOr(it, this::run);
      case Command.Sequence it -> compounds.sequence(it);
      case Command.Background it -> {
        launcher.background(it.command(), it.text());
        yield 0;
      }
      case Command.Coprocess it -> new Coprocess(this, launcher, it).start();
      case Command.Subshell it -> {
        int status = launcher.foreground(shell -> shell.runLast(it.body()), it.text());
        state.setLine(it.line());
        yield checked(status);
      }
      case Command.If it -> compounds.conditional(it);
      case Command.Loop it -> compounds.loop(it);
      case Command.For it -> compounds.each(it);
      case Command.Count it -> calculated("((", () -> compounds.count(it));
      case Command.Select it -> compounds.select(it);
      case Command.Timed it -> Timing.run(this, it);
      case Command.Case it -> compounds.choice(it);
      case Command.Function it -> {
        state.functions().put(it.name(), it);
        state.bash().defined(it.name());
        yield 0;
      }
      case Command.Redirected it -> compounds.redirected(it);
      case Command.Test it -> {
        state.setLine(it.line());
        yield calculated("[[", () -> conditions.status(it.condition()));
      }
      case Command.Calculation it -> {
        state.setLine(it.line());
        yield calculated("((", () -> compounds.calculate(it.expression()) != 0 ? 0 : 1);
      }
    };
  }

  /** Takes note of a command that is about to run, and does what is to be done before each. */
  void begin(String text) throws IOException {
    traps.runBefore(text);
  }

  /** Ends the shell if a command failed that nobody tests, and that is wished. */
  int checked(int status) throws IOException {
    state.bash().setPipeline(List.of(status));
    return checkedPipeline(status);
  }

  /** The same, the statuses of the pipeline's parts being known. */
  int checkedPipeline(int status) throws IOException {
    if (status != 0 && !state.isTested()) {
      traps.runForFailure(status);
    }
    if (status != 0 && state.has(ShellOption.ERREXIT) && !state.isTested()) {
      throw new ControlFlow.Exit(status);
    }
    return status;
  }

  /** Runs a command whose outcome somebody looks at. */
  int tested(Command command) throws IOException {
    state.addTested(1);
    try {
      return run(command);
    } finally {
      state.addTested(-1);
    }
  }

  /** Runs a subshell's commands with its redirections, in its own task. */
  int runRedirected(List<Redirection> redirections, Command command) throws IOException {
    return compounds.runRedirected(redirections, command, 2);
  }

  /** Does what is to be done for the signals that came. */
  void runTraps() throws IOException {
    traps.runPending();
  }

  /** A signal that came and was not dealt with yet. */
  public Optional<Signal> caughtSignal() {
    return traps.caught();
  }

  /** Lets a job go on in the foreground, and waits for it. */
  public int resumeForeground(Job job) throws IOException {
    return launcher.resume(job);
  }

  /** The value of an arithmetic expression. */
  public long calculate(String expression) throws IOException {
    return new Arithmetic(context).evaluate(expression);
  }

  /** Whether a variable, or an array's element, has a value. */
  public boolean isSet(String name) throws IOException {
    return conditions.isSet(name);
  }

  /** Calls a function. */
  int call(Command.Function function, List<String> arguments) throws IOException {
    return new FunctionCall(this, function).run(arguments);
  }

  /** Runs a program in the shell's place. */
  public int replace(List<String> command) throws IOException {
    return launcher.execute(command);
  }

  /**
   * The same for {@code exec}.
   *
   * @param name what the program is told that it is called
   * @param bare whether it gets no environment
   */
  public int replace(List<String> command, String name, boolean bare) throws IOException {
    return launcher.execute(command, name, bare);
  }

  /** Runs a command that is a program in this task's place. */
  int runProgram(Command.Simple command, List<String> fields) throws IOException {
    return guarded(() -> simple.become(command, fields));
  }

  /** Runs a program in a child. */
  public int spawn(List<String> command) throws IOException {
    return launcher.foreground(shell -> shell.replace(command), String.join(" ", command));
  }

  /** Runs a command by its words, but for functions: {@code command}. */
  public int runWithoutFunctions(List<String> command) throws IOException {
    return simple.runWithoutFunctions(command);
  }
}
