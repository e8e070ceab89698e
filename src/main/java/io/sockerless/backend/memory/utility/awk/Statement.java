package io.sockerless.backend.memory.utility.awk;

import java.util.List;
import java.util.Optional;

/** A statement of a script. */
sealed interface Statement {

  record Block(List<Statement> statements) implements Statement {}

  record If(Expression condition, Statement then, Optional<Statement> otherwise)
      implements Statement {}

  record While(Expression condition, Statement body) implements Statement {}

  record Do(Statement body, Expression condition) implements Statement {}

  record For(
      Optional<Statement> start,
      Optional<Expression> condition,
      Optional<Statement> step,
      Statement body)
      implements Statement {}

  record ForIn(Expression.Variable variable, Expression.Variable array, Statement body)
      implements Statement {}

  /**
   * {@code print} or {@code printf}.
   *
   * @param redirection {@code >}, {@code >>} or {@code |}, empty for standard output
   */
  record Print(
      boolean formatted,
      List<Expression> arguments,
      String redirection,
      Optional<Expression> destination)
      implements Statement {}

  record Evaluate(Expression expression) implements Statement {}

  record Next(boolean file) implements Statement {}

  record Exit(Optional<Expression> code) implements Statement {}

  record Return(Optional<Expression> value) implements Statement {}

  record Break() implements Statement {}

  record Continue() implements Statement {}

  record Delete(Expression.Variable array, List<Expression> subscripts) implements Statement {}
}
