package io.sockerless.backend.memory.utility.calculate;

import java.util.List;

/** What has a value in {@code bc}. */
sealed interface Expression {

  /** Digits; their value depends on the base of input when they are met. */
  record Literal(String digits) implements Expression {}

  /** What can be assigned to. */
  sealed interface Place extends Expression {}

  /** A variable. */
  record Variable(String name) implements Place {}

  /** An element of an array. */
  record Element(String array, Expression index) implements Place {}

  /** A setting of the calculator. */
  record Setting(Kind kind) implements Place {

    /** Which. */
    enum Kind {
      IBASE,
      OBASE,
      SCALE,
      LAST
    }
  }

  /** An assignment; the operator is {@code =} or the one that stands before it. */
  record Assignment(Place place, char operator, Expression value) implements Expression {}

  /** One more or one less, before or after the value is taken. */
  record Step(Place place, boolean up, boolean before) implements Expression {}

  /** An operator of one operand, {@code -} or {@code !}. */
  record Unary(char operator, Expression operand) implements Expression {}

  /** An operator between two. */
  record Binary(String operator, Expression left, Expression right) implements Expression {}

  /** A built-in function: {@code length}, {@code scale}, {@code sqrt}. */
  record Builtin(String name, Expression argument) implements Expression {}

  /** A number that is read from standard input. */
  record Read() implements Expression {}

  /** An array as the argument of a function, and nowhere else. */
  record WholeArray(String name) implements Expression {}

  /** A call. */
  record Call(String function, List<Expression> arguments) implements Expression {}
}
