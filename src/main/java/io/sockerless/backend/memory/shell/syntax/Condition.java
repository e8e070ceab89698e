package io.sockerless.backend.memory.shell.syntax;

/** What stands between {@code [[} and {@code ]]}. */
public sealed interface Condition {

  /** Both. */
  record And(Condition left, Condition right) implements Condition {}

  /** Either. */
  record Or(Condition left, Condition right) implements Condition {}

  /** Not. */
  record Not(Condition condition) implements Condition {}

  /** A test of one word, such as {@code -f}; {@code -n} for a word alone. */
  record Unary(String operator, Word operand) implements Condition {}

  /** A comparison of two. */
  record Binary(String operator, Word left, Word right) implements Condition {}
}
