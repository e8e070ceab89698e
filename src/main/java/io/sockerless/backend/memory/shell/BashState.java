package io.sockerless.backend.memory.shell;

import io.sockerless.backend.memory.shell.syntax.Command;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** What a shell knows besides if it is bash; a subshell gets a copy. */
public final class BashState {

  /** A function that runs, or a file that is sourced; and the line that began it. */
  public record Frame(String function, String source, int line) {}

  private final Set<BashOption> options = EnumSet.noneOf(BashOption.class);
  private final Deque<Frame> frames = new ArrayDeque<>();
  private final Map<String, String> sources = new HashMap<>();
  private final Map<String, Command.Assignment> lists = new HashMap<>();
  private final Deque<String> folders = new ArrayDeque<>();
  private final Set<String> exportedFunctions = new HashSet<>();
  private final SortedMap<String, Completion> completions = new TreeMap<>();
  private List<Integer> pipeline = List.of(0);
  private Optional<String> errorAction = Optional.empty();
  private Optional<String> returnAction = Optional.empty();
  private Optional<String> debugAction = Optional.empty();
  private String command = "";
  private int subshells;
  private int depth;
  private boolean fromArgument;
  private final Set<Integer> ownDescriptors = new TreeSet<>();
  private String script = "";
  private Instant started = Instant.now();

  BashState() {
    for (BashOption option : BashOption.values()) {
      if (option.isInitial()) {
        options.add(option);
      }
    }
  }

  BashState copy(Set<ShellOption> shellOptions) {
    BashState copy = new BashState();
    copy.options.clear();
    copy.options.addAll(options);
    copy.frames.addAll(frames);
    copy.sources.putAll(sources);
    copy.folders.addAll(folders);
    copy.exportedFunctions.addAll(exportedFunctions);
    copy.completions.putAll(completions);
    copy.pipeline = pipeline;
    copy.errorAction = shellOptions.contains(ShellOption.ERRTRACE) ? errorAction : Optional.empty();
    if (shellOptions.contains(ShellOption.FUNCTRACE)) {
      copy.debugAction = debugAction;
      copy.returnAction = returnAction;
    }
    copy.fromArgument = fromArgument;
    copy.ownDescriptors.addAll(ownDescriptors);
    copy.script = script;
    copy.command = command;
    copy.subshells = subshells + 1;
    copy.depth = depth;
    copy.started = started;
    return copy;
  }

  /** The options of {@code shopt} that are set. */
  public Set<BashOption> options() {
    return options;
  }

  /** The folders that {@code popd} goes back to, the last one first. */
  public Deque<String> folders() {
    return folders;
  }

  /** The names of functions that programs get. */
  public Set<String> exportedFunctions() {
    return exportedFunctions;
  }

  /** How commands' arguments are completed. */
  public SortedMap<String, Completion> completions() {
    return completions;
  }

  /** The exit statuses of the last pipeline's parts. */
  List<Integer> pipeline() {
    return pipeline;
  }

  void setPipeline(List<Integer> statuses) {
    pipeline = List.copyOf(statuses);
  }

  /** What runs when a command fails. */
  public Optional<String> errorAction() {
    return errorAction;
  }

  /** Changes what runs when a command fails. */
  public void setErrorAction(Optional<String> action) {
    errorAction = action;
  }

  /** What runs when the function that runs returns. */
  public Optional<String> returnAction() {
    return returnAction;
  }

  /** Changes what runs when the function returns. */
  public void setReturnAction(Optional<String> action) {
    returnAction = action;
  }

  /** What runs before each command. */
  public Optional<String> debugAction() {
    return debugAction;
  }

  /** Changes what runs before each command. */
  public void setDebugAction(Optional<String> action) {
    debugAction = action;
  }

  /** The command that runs, or that a trap runs on account of, as it was written. */
  String command() {
    return command;
  }

  void setCommand(String text) {
    command = text;
  }

  /** The descriptors of coprocesses, which programs do not get. */
  Set<Integer> ownDescriptors() {
    return ownDescriptors;
  }

  /** Whether its commands come from its own command line. */
  boolean isFromArgument() {
    return fromArgument;
  }

  void setFromArgument() {
    fromArgument = true;
  }

  /** How deep in texts that are evaluated, files and substitutions it is. */
  int depth() {
    return depth;
  }

  /** Begins such a text, or ends some. */
  public void deepen(int levels) {
    depth += levels;
  }

  /** How deep in subshells it is. */
  int subshells() {
    return subshells;
  }

  /** The script that runs; empty without one. */
  public String script() {
    return script;
  }

  void setScript(String script) {
    this.script = script;
  }

  /** The file that the command that runs is in. */
  public String source() {
    return frames.isEmpty() ? script : frames.element().source();
  }

  /** Begins a function or a file. */
  public void enter(Frame frame) {
    frames.push(frame);
  }

  /** Ends what began last. */
  public void leave() {
    frames.pop();
  }

  /** What runs, the innermost first; nothing outside of functions and sourced files. */
  public List<Frame> frames() {
    if (frames.isEmpty()) {
      return List.of();
    }
    List<Frame> all = new ArrayList<>(frames);
    if (!script.isEmpty()) {
      all.add(new Frame("main", script, 0));
    }
    return all;
  }

  /** Takes note of where a function was defined. */
  void defined(String function) {
    sources.put(function, source());
  }

  String sourceOf(String function) {
    String source = sources.getOrDefault(function, "");
    return source.isEmpty() ? "environment" : source;
  }

  /** Keeps an array's list for the declaration that it is an argument of. */
  void keepList(String name, Command.Assignment list) {
    lists.put(name, list);
  }

  /** The list that a declaration's argument has. */
  public Optional<Command.Assignment> takeList(String name) {
    return Optional.ofNullable(lists.remove(name));
  }

  /** How long the shell has run. */
  Duration age() {
    return Duration.between(started, Instant.now());
  }
}
