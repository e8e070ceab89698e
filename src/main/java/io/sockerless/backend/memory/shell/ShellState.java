package io.sockerless.backend.memory.shell;

import io.sockerless.backend.memory.kernel.MemoryAccount;
import io.sockerless.backend.memory.shell.syntax.Command;
import io.sockerless.backend.memory.shell.syntax.Dialect;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;

/** What a shell knows, and what a subshell gets a copy of. */
public final class ShellState {

  private final Dialect dialect;
  private final BashState bash;
  private final Variables variables;
  private final Set<ShellOption> options;
  private final Map<String, Command.Function> functions;
  private final Map<String, String> aliases;
  private final Traps traps;
  private final int pid;
  private List<String> parameters = List.of();
  private String name = "sh";
  private String commandName = "";
  private int status;
  private int substituted;
  private int line;
  private boolean lineHeld;
  private int firstLine = 1;
  private int loops;
  private int functionDepth;
  private int tested;
  private OptionalInt lastBackground = OptionalInt.empty();
  private boolean subshell;
  private Optional<Set<ShellOption>> keptOptions = Optional.empty();
  private int optionIndex = 1;
  private int optionOffset = 1;

  /** A new shell's. */
  ShellState(MemoryAccount memory, int pid, Dialect dialect) {
    this.dialect = dialect;
    this.bash = new BashState();
    this.variables =
        new Variables(memory, dialect == Dialect.BASH ? "readonly variable" : "is read only");
    this.options = EnumSet.noneOf(ShellOption.class);
    if (dialect == Dialect.BASH) {
      options.add(ShellOption.BRACEEXPAND);
      options.add(ShellOption.HASHALL);
    }
    this.functions = new HashMap<>();
    this.aliases = new TreeMap<>();
    this.traps = new Traps();
    this.pid = pid;
  }

  private ShellState(ShellState other) {
    this.dialect = other.dialect;
    this.bash = other.bash.copy(other.options);
    this.variables = other.variables.copy();
    this.options = EnumSet.copyOf(other.options);
    this.functions = new HashMap<>(other.functions);
    this.aliases = new TreeMap<>(other.aliases);
    this.traps = other.traps.forSubshell();
    this.pid = other.pid;
    this.parameters = other.parameters;
    this.name = other.name;
    this.commandName = other.commandName;
    this.status = other.status;
    this.line = other.line;
    this.firstLine = other.firstLine;
    this.loops = other.loops;
    this.functionDepth = other.functionDepth;
    this.tested = other.tested;
    this.lastBackground = other.lastBackground;
    this.subshell = true;
  }

  /** The same for a subshell, which neither talks to a person nor controls jobs. */
  ShellState forSubshell() {
    ShellState copy = new ShellState(this);
    copy.options.remove(ShellOption.MONITOR);
    return copy;
  }

  /** The shell that it is. */
  public Dialect dialect() {
    return dialect;
  }

  /** Whether it is bash. */
  public boolean isBash() {
    return dialect == Dialect.BASH;
  }

  /** What it knows as bash. */
  public BashState bash() {
    return bash;
  }

  /** Its variables. */
  public Variables variables() {
    return variables;
  }

  /** The options that are set. */
  public Set<ShellOption> options() {
    return options;
  }

  /** Sets those options and no others. */
  void setOptions(Set<ShellOption> wished) {
    options.clear();
    options.addAll(wished);
  }

  /** Whether an option is set. */
  public boolean has(ShellOption option) {
    return options.contains(option);
  }

  /** Keeps the options that are set until the function that runs returns. */
  public void keepOptions() {
    if (keptOptions.isEmpty()) {
      keptOptions = Optional.of(EnumSet.copyOf(options));
    }
  }

  /** Changes what is kept of options, and answers what was. */
  Optional<Set<ShellOption>> swapKeptOptions(Optional<Set<ShellOption>> kept) {
    Optional<Set<ShellOption>> before = keptOptions;
    keptOptions = kept;
    return before;
  }

  /** Whether it asks a person for commands. */
  public boolean isInteractive() {
    return !subshell && options.contains(ShellOption.INTERACTIVE);
  }

  /** Functions by name. */
  public Map<String, Command.Function> functions() {
    return functions;
  }

  /** Aliases by name. */
  public Map<String, String> aliases() {
    return aliases;
  }

  /** What it does when signals come. */
  public Traps traps() {
    return traps;
  }

  /** What {@code $$} is: the number of the outermost shell's task. */
  int pid() {
    return pid;
  }

  /** The positional parameters. */
  public List<String> parameters() {
    return parameters;
  }

  /** Changes the positional parameters. */
  public void setParameters(List<String> parameters) {
    this.parameters = List.copyOf(parameters);
  }

  /** What {@code $0} is. */
  public String name() {
    return name;
  }

  /** Changes what {@code $0} is. */
  void setName(String name) {
    this.name = name;
  }

  /** The script or the built-in that errors are told of; empty for the shell itself. */
  public String commandName() {
    return commandName;
  }

  /** Changes the script or the built-in that errors are told of. */
  public void setCommandName(String commandName) {
    this.commandName = commandName;
  }

  /** The last command's exit status. */
  public int status() {
    return status;
  }

  /** Takes note of a command's exit status. */
  public void setStatus(int status) {
    this.status = status;
  }

  /** The status of the last substitution in the command that runs. */
  int substituted() {
    return substituted;
  }

  /** Takes note of a substitution's status. */
  void setSubstituted(int status) {
    this.substituted = status;
  }

  /** The number that errors tell of the first line: 0 in a command of {@code -c}, as in ash. */
  public int firstLine() {
    return firstLine;
  }

  /** Changes the number of the first line. */
  public void setFirstLine(int firstLine) {
    this.firstLine = firstLine;
  }

  /** The line of the command that runs. */
  public int line() {
    return line;
  }

  /** Takes note of the line of a command. */
  void setLine(int line) {
    if (!lineHeld) {
      this.line = line;
    }
  }

  /** Whether the line stays what it is. */
  boolean isLineHeld() {
    return lineHeld;
  }

  /**
   * Lets the line stay what it is, as for what runs on account of a command that was there, or go
   * on.
   *
   * @return whether it stayed before
   */
  boolean holdLine(boolean held) {
    boolean before = lineHeld;
    lineHeld = held;
    return before;
  }

  /** How many loops run in the function that runs. */
  public int loops() {
    return loops;
  }

  /** Changes how many loops run. */
  void setLoops(int loops) {
    this.loops = loops;
  }

  /** How many functions run. */
  public int functionDepth() {
    return functionDepth;
  }

  /** Changes how many functions run. */
  void setFunctionDepth(int depth) {
    this.functionDepth = depth;
  }

  /** Whether somebody looks at the outcome of what runs, so that {@code set -e} does not. */
  boolean isTested() {
    return tested > 0;
  }

  /** Somebody begins to look at the outcome, or stops to. */
  void addTested(int change) {
    tested += change;
  }

  /** Nobody looks at the outcome of what a substitution runs. */
  void clearTested() {
    tested = 0;
  }

  /** Where in a word {@code getopts} goes on, if it goes on with this one. */
  public int optionOffset(int index) {
    return index == optionIndex ? optionOffset : 1;
  }

  /** Takes note of where {@code getopts} goes on. */
  public void setOptionOffset(int index, int offset) {
    this.optionIndex = index;
    this.optionOffset = offset;
  }

  /** The task of the last asynchronous command. */
  OptionalInt lastBackground() {
    return lastBackground;
  }

  /** Takes note of an asynchronous command. */
  void setLastBackground(int task) {
    lastBackground = OptionalInt.of(task);
  }

  /** What an alias stands for. */
  public Optional<String> alias(String alias) {
    return Optional.ofNullable(aliases.get(alias));
  }
}
