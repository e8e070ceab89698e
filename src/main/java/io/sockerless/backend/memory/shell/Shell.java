package io.sockerless.backend.memory.shell;

import io.sockerless.backend.memory.fs.Errno;
import io.sockerless.backend.memory.fs.OpenFile;
import io.sockerless.backend.memory.fs.OpenMode;
import io.sockerless.backend.memory.fs.Paths;
import io.sockerless.backend.memory.fs.PosixException;
import io.sockerless.backend.memory.kernel.Commands;
import io.sockerless.backend.memory.kernel.Program;
import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.kernel.Text;
import io.sockerless.backend.memory.shell.syntax.Dialect;
import io.sockerless.backend.memory.shell.syntax.LineSource;
import io.sockerless.backend.memory.shell.syntax.Parser;
import io.sockerless.backend.memory.shell.syntax.Word;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code sh}: runs a command of its arguments, a script, or what standard input says. */
public final class Shell implements Program {

  private static final int USAGE = 2;
  private static final int NOT_FOUND = 127;

  private final Dialect dialect;

  /** The shell of a dialect. */
  public Shell(Dialect dialect) {
    this.dialect = dialect;
  }

  @Override
  public int run(Task task) throws IOException {
    ShellState state = new ShellState(task.kernel().memory(), task.pid(), dialect);
    Interpreter shell = new Interpreter(task, state);
    CommandLine line;
    try {
      line = CommandLine.parse(state, task.arguments());
    } catch (OptionSettings.UnknownException e) {
      state.setName(task.arguments().getFirst());
      shell.messages().error(e.getMessage());
      return USAGE;
    }
    if (line.asksVersion()) {
      task.print("GNU bash, version " + BashParameters.VERSION_TEXT + " compatible\n");
      return 0;
    }
    prepare(task, state, line);
    if (state.isBash()) {
      state.variables().unexport("_");
      ExportedFunctions.define(task.environment(), shell);
    }
    return shell.runToEnd(() -> start(shell, line));
  }

  private static void prepare(Task task, ShellState state, CommandLine line) throws IOException {
    String name = task.arguments().getFirst();
    state.setName(name.startsWith("-") ? name.substring(1) : name);
    Variables variables = state.variables();
    for (Map.Entry<String, String> entry : task.environment().entrySet()) {
      if (Parser.isName(entry.getKey()) && !isForbidden(entry.getKey(), task, state)) {
        variables.export(entry.getKey(), Optional.of(entry.getValue()));
      }
    }
    if (variables.get("PATH").isEmpty()) {
      variables.set("PATH", Commands.DEFAULT_PATH);
    }
    variables.set("IFS", " \t\n");
    variables.set("OPTIND", "1");
    variables.set("PPID", Integer.toString(task.parentPid()));
    for (Map.Entry<String, String> entry :
        Map.of("PS1", "\\w \\$ ", "PS2", "> ", "PS4", "+ ").entrySet()) {
      if (variables.get(entry.getKey()).isEmpty()) {
        variables.set(entry.getKey(), entry.getValue());
      }
    }
    variables.export("PWD", Optional.of(directory(task.files(), variables.get("PWD", ""))));
    variables.export("SHLVL", Optional.of(Integer.toString(level(variables.get("SHLVL", "")) + 1)));
    boolean reads = line.command().isEmpty() && line.operands().isEmpty();
    if (reads) {
      state.options().add(ShellOption.STDIN);
    }
    boolean terminal = isTerminal(task, 0) && isTerminal(task, 2);
    if (reads && terminal) {
      state.options().add(ShellOption.INTERACTIVE);
    }
    if (!state.isInteractive()) {
      state.traps().keepIgnored(task);
    }
  }

  /** The prompt of traces, which may run commands, is not the caller's in bash for root. */
  private static boolean isForbidden(String variable, Task task, ShellState state) {
    return state.isBash() && variable.equals("PS4") && task.files().credentials().uid() == 0;
  }

  /** How many shells it already is inside the first, as the image's own shell counts. */
  private static int level(String variable) {
    try {
      return Integer.parseInt(variable);
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  private static boolean isTerminal(Task task, int descriptor) {
    return task.descriptors().find(descriptor).filter(OpenFile::isTerminal).isPresent();
  }

  private static String directory(Paths files, String variable) {
    try {
      boolean same = variable.startsWith("/") && files.stat(variable).isSameFile(files.stat("."));
      return same ? variable : files.directory();
    } catch (IOException e) {
      return files.directory();
    }
  }

  private static int start(Interpreter shell, CommandLine line) throws IOException {
    ShellState state = shell.state();
    if (line.login()) {
      Profile.read(shell, "/etc/profile");
      readProfile(shell);
    }
    if (state.isInteractive() && state.isBash() && !line.login() && !line.withoutFile()) {
      Profile.read(shell, state.variables().get("HOME", "") + "/.bashrc");
    }
    if (state.isInteractive() != state.isBash()) {
      Optional<String> file = state.variables().get(state.isBash() ? "BASH_ENV" : "ENV");
      if (file.isPresent()) {
        Word path = Parser.prompt(file.get(), state.dialect());
        Profile.read(shell, shell.expander().document(path));
      }
    }
    List<String> operands = line.operands();
    if (line.command().isPresent()) {
      if (!operands.isEmpty()) {
        state.setName(operands.getFirst());
        state.setParameters(operands.subList(1, operands.size()));
      }
      state.setFirstLine(0);
      state.bash().setFromArgument();
      return shell.evaluateLast(line.command().get());
    }
    if (!operands.isEmpty() && !state.has(ShellOption.STDIN)) {
      return script(shell, operands);
    }
    state.setParameters(operands);
    return state.isInteractive() ? new Interaction(shell).run() : shell.script(input(shell));
  }

  /** Bash reads the first that there is of its own and everybody's. */
  private static void readProfile(Interpreter shell) throws IOException {
    String home = shell.state().variables().get("HOME", "");
    if (shell.state().isBash()) {
      for (String name : List.of("/.bash_profile", "/.bash_login")) {
        if (shell.task().files().exists(home + name)) {
          Profile.read(shell, home + name);
          return;
        }
      }
    }
    Profile.read(shell, home + "/.profile");
  }

  private static int script(Interpreter shell, List<String> operands) throws IOException {
    ShellState state = shell.state();
    String name = operands.getFirst();
    OpenFile file;
    try {
      file = shell.task().files().open(name, OpenMode.READ);
    } catch (PosixException e) {
      if (state.isBash()) {
        shell.messages().error(name + ": " + e.errno().text());
        return e.errno() == Errno.ENOENT ? NOT_FOUND : NOT_FOUND - 1;
      }
      shell.messages().error("can't open '" + name + "': " + e.getMessage());
      return USAGE;
    }
    state.setName(name);
    state.setCommandName(name);
    state.bash().setScript(name);
    state.setParameters(operands.subList(1, operands.size()));
    try (file) {
      return shell.script(new ScriptFile(shell.task(), file));
    }
  }

  /** Standard input line by line, since commands may read on from it. */
  private static LineSource input(Interpreter shell) throws IOException {
    LineInput input = new LineInput(shell.task(), shell.task().descriptors().get(0));
    return continued -> {
      byte[] line = input.next('\n', Integer.MAX_VALUE);
      return line.length == 0 ? Optional.empty() : Optional.of(Text.decode(line));
    };
  }
}
