package io.sockerless.backend.memory.utility.file;

import io.sockerless.backend.memory.fs.PosixException;
import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.utility.Console;
import io.sockerless.backend.memory.utility.Failure;
import io.sockerless.backend.memory.utility.Quantities;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Reads the expression of {@code find}. */
final class FindParser {

  /** A part of an expression. */
  @FunctionalInterface
  interface Expression {
    /** Looks at a file, and does something with it if the expression says so. */
    boolean test(TreeWalk.Entry entry) throws IOException;
  }

  /** What an expression says to the walk. */
  static final class State {
    private boolean pruned;
    private boolean done;

    /** The next file comes. */
    void begin() {
      pruned = false;
    }

    /** Whether the folder is not to be gone into. */
    boolean isPruned() {
      return pruned;
    }

    /** Whether nothing more is to be looked at. */
    boolean isDone() {
      return done;
    }
  }

  /** All that was read. */
  record Plan(
      Expression expression,
      State state,
      int leastDepth,
      int mostDepth,
      boolean depthFirst,
      boolean sameDevice,
      boolean follow,
      List<FindCommand> commands) {

    /** Copies the list. */
    Plan {
      commands = List.copyOf(commands);
    }
  }

  private final Console console;
  private final Task task;
  private final List<String> words;
  private final FindTests tests;
  private final State state = new State();
  private final List<FindCommand> commands = new ArrayList<>();
  private int at;
  private int leastDepth;
  private int mostDepth = Integer.MAX_VALUE;
  private boolean depthFirst;
  private boolean sameDevice;
  private boolean follow;
  private boolean acts;

  FindParser(Console console, List<String> words) {
    this.console = console;
    this.task = console.task();
    this.words = List.copyOf(words);
    this.tests = new FindTests(task);
  }

  /** Reads all of it. */
  Plan parse() throws IOException {
    Expression expression = alternatives();
    if (at < words.size()) {
      throw unrecognized(words.get(at));
    }
    if (!acts) {
      Expression wanted = expression;
      expression = entry -> wanted.test(entry) && print(entry, "\n");
    }
    return new Plan(
        expression, state, leastDepth, mostDepth, depthFirst, sameDevice, follow, commands);
  }

  private static Failure unrecognized(String word) {
    return new Failure("unrecognized: " + word);
  }

  private Expression alternatives() throws IOException {
    Expression left = sequence();
    while (at < words.size() && (is("-o") || is("-or"))) {
      at++;
      Expression first = left;
      Expression second = sequence();
      left = entry -> first.test(entry) || second.test(entry);
    }
    return left;
  }

  private Expression sequence() throws IOException {
    Expression left = entry -> true;
    while (at < words.size() && !is("-o") && !is("-or") && !is(")")) {
      if (is("-a") || is("-and")) {
        at++;
        continue;
      }
      Expression first = left;
      Expression second = negation();
      left = entry -> first.test(entry) && second.test(entry);
    }
    return left;
  }

  private Expression negation() throws IOException {
    boolean negated = false;
    while (at < words.size() && (is("!") || is("-not"))) {
      negated = !negated;
      at++;
    }
    if (at == words.size()) {
      return entry -> true;
    }
    Expression primary = primary();
    return negated ? entry -> !primary.test(entry) : primary;
  }

  private boolean is(String word) {
    return words.get(at).equals(word);
  }

  private Expression primary() throws IOException {
    if (is("(")) {
      at++;
      Expression inside = alternatives();
      if (at == words.size() || !is(")")) {
        throw new Failure("unpaired '('");
      }
      at++;
      return inside;
    }
    String word = words.get(at++);
    return switch (word) {
      case "-maxdepth" -> {
        mostDepth = Quantities.small(argument(word));
        yield entry -> true;
      }
      case "-mindepth" -> {
        leastDepth = Quantities.small(argument(word));
        yield entry -> true;
      }
      case "-depth", "-d" -> {
        depthFirst = true;
        yield entry -> true;
      }
      case "-xdev", "-mount" -> {
        sameDevice = true;
        yield entry -> true;
      }
      case "-follow" -> {
        follow = true;
        yield entry -> true;
      }
      case "-noleaf", "-ignore_readdir_race" -> entry -> true;
      default -> action(word);
    };
  }

  private Expression action(String word) throws IOException {
    return switch (word) {
      case "-print" -> acting(entry -> print(entry, "\n"));
      case "-print0" -> acting(entry -> print(entry, "\0"));
      case "-prune" ->
          entry -> {
            state.pruned = true;
            return true;
          };
      case "-quit" ->
          acting(entry -> {
            state.done = true;
            return true;
          });
      case "-delete" -> {
        depthFirst = true;
        yield acting(this::delete);
      }
      case "-exec", "-ok", "-execdir" -> acting(command(word));
      default -> {
        boolean takesArgument = FindTests.TAKING.contains(word);
        String argument = takesArgument ? argument(word) : "";
        yield tests.of(word, argument).orElseThrow(() -> unrecognized(word));
      }
    };
  }

  private Expression acting(Expression expression) {
    acts = true;
    return expression;
  }

  private String argument(String word) throws Failure {
    if (at == words.size()) {
      throw new Failure(word + " requires an argument");
    }
    return words.get(at++);
  }

  private boolean print(TreeWalk.Entry entry, String end) throws IOException {
    console.output().print(entry.path());
    console.output().print(end);
    return true;
  }

  private boolean delete(TreeWalk.Entry entry) throws IOException {
    if (entry.path().equals(".")) {
      return true;
    }
    try {
      if (entry.stat().isDirectory()) {
        task.files().removeDirectory(entry.path());
      } else {
        task.files().unlink(entry.path());
      }
      return true;
    } catch (PosixException e) {
      console.complain(entry.path(), e);
      return false;
    }
  }

  private Expression command(String word) throws Failure {
    List<String> command = new ArrayList<>();
    boolean gathers = false;
    while (true) {
      String next = argument(word);
      if (next.equals(";")) {
        break;
      }
      if (next.equals("+") && !command.isEmpty() && command.getLast().equals("{}")) {
        gathers = true;
        break;
      }
      command.add(next);
    }
    if (command.isEmpty()) {
      throw new Failure(word + " requires an argument");
    }
    FindCommand run =
        new FindCommand(console, command, gathers, word.equals("-ok"), word.equals("-execdir"));
    commands.add(run);
    return entry -> run.run(entry.path());
  }
}
