package io.sockerless.backend.memory.utility.calculate;

import java.util.List;
import java.util.Optional;

/** What {@code bc} does. */
sealed interface Statement {

  /** A value, which is printed but for an assignment's. */
  record Evaluation(Expression expression, boolean printed) implements Statement {}

  /** A text, which is printed. */
  record Text(String text) implements Statement {}

  /** What {@code print} lists: texts with escapes, and values. */
  record Print(List<Statement> items) implements Statement {}

  /** Statements in braces. */
  record Block(List<Statement> statements) implements Statement {}

  /** A condition. */
  record If(Expression condition, Statement then, Optional<Statement> otherwise)
      implements Statement {}

  /** A loop; a part that was left out is empty. */
  record Loop(
      Optional<Expression> start,
      Optional<Expression> condition,
      Optional<Expression> step,
      Statement body)
      implements Statement {}

  /** A function's end. */
  record Return(Optional<Expression> value) implements Statement {}

  /** The definition of a function. */
  record Define(Function function) implements Statement {}

  /** What needs no more than a word. */
  enum Word implements Statement {
    BREAK,
    CONTINUE,
    HALT,
    LIMITS
  }

  /** A name that is a function's own; arrays have their own names. */
  record Local(String name, boolean array) {}

  /**
   * A function.
   *
   * @param silent whether a call of it as a statement prints nothing
   */
  record Function(
      String name,
      boolean silent,
      List<Local> parameters,
      List<Local> autos,
      List<Statement> body) {}
}
