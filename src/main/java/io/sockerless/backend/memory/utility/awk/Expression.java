package io.sockerless.backend.memory.utility.awk;

import io.sockerless.backend.memory.utility.regex.PosixRegex;
import java.util.List;
import java.util.Optional;

/** An expression of a script. */
sealed interface Expression {

  /** What can be assigned to. */
  sealed interface Target extends Expression {}

  record Constant(Value value) implements Expression {}

  /** A regular expression; on its own it asks whether the record matches. */
  record Regex(PosixRegex regex) implements Expression {}

  /**
   * A variable.
   *
   * @param index among the globals, or among the parameters of the function
   */
  record Variable(String name, int index, boolean local) implements Target {}

  record Field(Expression number) implements Target {}

  record Element(Variable array, List<Expression> subscripts) implements Target {}

  /**
   * An assignment.
   *
   * @param operator a NUL for a plain one
   */
  record Assign(char operator, Target target, Expression value) implements Expression {}

  record Conditional(Expression condition, Expression then, Expression otherwise)
      implements Expression {}

  record Or(Expression left, Expression right) implements Expression {}

  record And(Expression left, Expression right) implements Expression {}

  record In(List<Expression> subscripts, Variable array) implements Expression {}

  record Matches(Expression text, Expression regex, boolean negated) implements Expression {}

  record Compare(String operator, Expression left, Expression right) implements Expression {}

  record Concatenate(Expression left, Expression right) implements Expression {}

  record Arithmetic(char operator, Expression left, Expression right) implements Expression {}

  /** {@code !}, {@code -} or {@code +}. */
  record Unary(char operator, Expression operand) implements Expression {}

  record Step(Target target, int by, boolean before) implements Expression {}

  record Call(String function, List<Expression> arguments) implements Expression {}

  record Builtin(String name, List<Expression> arguments) implements Expression {}

  /** In parentheses. */
  record Group(Expression inner) implements Expression {}

  /**
   * {@code getline} in one of its forms.
   *
   * @param source a file or a command; the script's input without it
   */
  record Getline(Optional<Expression> source, boolean command, Optional<Target> target)
      implements Expression {}
}
