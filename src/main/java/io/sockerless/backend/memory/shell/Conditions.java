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
  private final Trace trace;

  Conditions(Task task, ShellState state, Expander expander, Messages messages, Trace trace) {
    this.trace = trace;
    this.state = state;
    this.expander = expander;
    this.messages = messages;
    this.tests = new TestPrimaries(task);
  }

  /** 0 if it holds, 1 if not, and 2 if it makes no sense, which is told. */
  int status(Condition condition) throws IOException {
    try {
      return holds(condition, false) ? 0 : 1;
    } catch (Failure e) {
      messages.error(e.getMessage());
      return e.code();
    }
  }

  /** Whether it holds; a test is shown as negated that is so itself. */
  private boolean holds(Condition condition, boolean negated) throws IOException {
    return switch (condition) {
      case Condition.And and -> holds(and.left(), false) && holds(and.right(), false);
      case Condition.Or or -> holds(or.left(), false) || holds(or.right(), false);
      case Condition.Not not -> !holds(not.condition(), !negated);
      case Condition.Unary unary -> holds(unary, negated);
      case Condition.Binary binary -> compare(binary, negated);
    };
  }

  private boolean holds(Condition.Unary unary, boolean negated) throws IOException {
    String operand = expander.text(unary.operand());
    trace.test(negated, unary.operator(), operand);
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
  private boolean isIn(String text, String expression) throws IOException {
    boolean anyCase = state.bash().options().contains(BashOption.NOCASEMATCH);
    PosixRegex regex;
    try {
      regex =
          PosixRegex.compile(
              expression,
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
  private boolean compareNumbers(String operator, String left, String right) throws IOException {
    int order = Long.compare(expander.calculate(plain(left)), expander.calculate(plain(right)));
    return switch (operator) {
      case "-eq" -> order == 0;
      case "-ne" -> order != 0;
      case "-lt" -> order < 0;
      case "-le" -> order <= 0;
      case "-gt" -> order > 0;
      default -> order >= 0;
    };
  }

  private static Word plain(String text) {
    return new Word(List.of(new Part.Literal(text, true)));
  }

  private boolean compare(Condition.Binary binary, boolean negated) throws IOException {
    String operator = binary.operator();
    String left = expander.text(binary.left());
    boolean compares = operator.equals("=") || operator.equals("==") || operator.equals("!=");
    boolean searches = operator.equals("=~") && state.isBash();
    String right =
        compares
            ? pattern(binary.right())
            : searches ? expander.expression(binary.right()) : expander.text(binary.right());
    trace.test(negated, left, operator, right);
    if (compares) {
      // Bash's patterns have groups here, whatever shopt says.
      return CompoundCommands.matches(right, left, state, state.isBash()) != operator.equals("!=");
    }
    if (searches) {
      return isIn(left, right);
    }
    if (state.isBash() && NUMERIC.contains(operator)) {
      return compareNumbers(operator, left, right);
    }
    return tests.binary(operator, left, right);
  }

  /** A pattern; with every quoted character escaped if it is shown. */
  private String pattern(Word word) throws IOException {
    if (!trace.isOfBash()) {
      return expander.pattern(word);
    }
    StringBuilder pattern = new StringBuilder();
    for (Part part : word.parts()) {
      String text = expander.pattern(new Word(List.of(part)));
      boolean quoted =
          switch (part) {
            case Part.Literal literal -> literal.quoted();
            case Part.Parameter parameter -> parameter.quoted();
            case Part.Substitution substitution -> substitution.quoted();
            case Part.Calculation calculation -> calculation.quoted();
            default -> false;
          };
      pattern.append(
          quoted ? expander.text(new Word(List.of(part))).replaceAll("(?s).", "\\\\$0") : text);
    }
    return pattern.toString();
  }
}
