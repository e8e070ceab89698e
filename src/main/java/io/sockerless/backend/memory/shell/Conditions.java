package io.sockerless.backend.memory.shell;

import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.shell.expand.Expander;
import io.sockerless.backend.memory.shell.syntax.Condition;
import io.sockerless.backend.memory.shell.syntax.Part;
import io.sockerless.backend.memory.shell.syntax.Word;
import io.sockerless.backend.memory.utility.Failure;
import io.sockerless.backend.memory.utility.regex.InvalidRegexException;
import io.sockerless.backend.memory.utility.regex.Match;
import io.sockerless.backend.memory.utility.regex.PosixRegex;
import io.sockerless.backend.memory.utility.text.TestPrimaries;
import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Whether what stands between double brackets holds. */
final class Conditions {

  private static final Set<String> NUMERIC = Set.of("-eq", "-ne", "-lt", "-le", "-gt", "-ge");

  private final ShellState state;
  private final Expander expander;
  private final Messages messages;
  private final TestPrimaries tests;

  Conditions(Task task, ShellState state, Expander expander, Messages messages) {
    this.state = state;
    this.expander = expander;
    this.messages = messages;
    this.tests = new TestPrimaries(task);
  }

  /** 0 if it holds, 1 if not, and 2 if it makes no sense, which is told. */
  int status(Condition condition) throws IOException {
    try {
      return holds(condition) ? 0 : 1;
    } catch (Failure e) {
      messages.error(e.getMessage());
      return e.code();
    }
  }

  private boolean holds(Condition condition) throws IOException {
    return switch (condition) {
      case Condition.And and -> holds(and.left()) && holds(and.right());
      case Condition.Or or -> holds(or.left()) || holds(or.right());
      case Condition.Not not -> !holds(not.condition());
      case Condition.Unary unary -> holds(unary);
      case Condition.Binary binary -> compare(binary);
    };
  }

  private boolean holds(Condition.Unary unary) throws IOException {
    String operand = expander.text(unary.operand());
    return switch (unary.operator()) {
      case "-v" -> isSet(operand);
      case "-R" -> state.variables().all().getOrDefault(operand, Variable.NONE).isReference();
      case "-o" -> ShellOption.of(operand).map(state::has).orElse(false);
      default -> tests.unary(unary.operator(), operand);
    };
  }

  /** Whether a variable, or an array's element, has a value. */
  boolean isSet(String name) throws IOException {
    int bracket = name.endsWith("]") ? name.indexOf('[') : -1;
    if (bracket <= 0) {
      return state.variables().get(name).isPresent();
    }
    String array = name.substring(0, bracket);
    Word subscript =
        new Word(List.of(new Part.Literal(name.substring(bracket + 1, name.length() - 1), true)));
    return state
        .variables()
        .variable(array)
        .element(expander.subscript(array, subscript))
        .isPresent();
  }

  /** Looks for a regular expression, quoted characters of which are characters, and keeps it. */
  private boolean isIn(String text, Word expression) throws IOException {
    boolean anyCase = state.bash().options().contains(BashOption.NOCASEMATCH);
    PosixRegex regex;
    try {
      regex =
          PosixRegex.compile(
              expander.expression(expression),
              anyCase
                  ? EnumSet.of(PosixRegex.Flag.EXTENDED, PosixRegex.Flag.IGNORE_CASE)
                  : EnumSet.of(PosixRegex.Flag.EXTENDED));
    } catch (InvalidRegexException e) {
      throw (Failure) new Failure(2, String.valueOf(e.getMessage())).initCause(e);
    }
    Optional<Match> match = regex.find(text);
    state.variables().clearArray("BASH_REMATCH", false);
    for (int group = 0; match.isPresent() && group <= regex.groups(); group++) {
      state
          .variables()
          .setElement("BASH_REMATCH", Integer.toString(group), match.get().group(text, group));
    }
    return match.isPresent();
  }

  /** Bash compares the values of expressions, of which an empty one is 0. */
  private boolean compareNumbers(Condition.Binary binary) throws IOException {
    int order = Long.compare(expander.calculate(binary.left()), expander.calculate(binary.right()));
    return switch (binary.operator()) {
      case "-eq" -> order == 0;
      case "-ne" -> order != 0;
      case "-lt" -> order < 0;
      case "-le" -> order <= 0;
      case "-gt" -> order > 0;
      default -> order >= 0;
    };
  }

  private boolean compare(Condition.Binary binary) throws IOException {
    if (state.isBash() && NUMERIC.contains(binary.operator())) {
      return compareNumbers(binary);
    }
    String left = expander.text(binary.left());
    return switch (binary.operator()) {
      case "=", "==" -> matches(left, binary.right());
      case "!=" -> !matches(left, binary.right());
      case "=~" ->
          state.isBash()
              ? isIn(left, binary.right())
              : tests.binary("=~", left, expander.text(binary.right()));
      default -> tests.binary(binary.operator(), left, expander.text(binary.right()));
    };
  }

  /** Bash's patterns have groups here, whatever {@code shopt} says. */
  private boolean matches(String text, Word pattern) throws IOException {
    return CompoundCommands.matches(expander.pattern(pattern), text, state, state.isBash());
  }
}
