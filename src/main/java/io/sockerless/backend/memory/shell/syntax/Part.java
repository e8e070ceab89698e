package io.sockerless.backend.memory.shell.syntax;

/** A part of a word; what is quoted is neither split into fields nor a pattern. */
public sealed interface Part {

  /** Characters. */
  record Literal(String text, boolean quoted) implements Part {}

  /**
   * A parameter's value.
   *
   * @param colon whether a value that is empty counts as none
   * @param argument of the operator
   * @param second of a replacement the new text, of a substring the length
   */
  record Parameter(
      String name, Operator operator, boolean colon, Word argument, Word second, boolean quoted)
      implements Part {}

  /** What a command prints. */
  record Substitution(Command command, boolean quoted) implements Part {}

  /** The value of an arithmetic expression. */
  record Calculation(Word expression, boolean quoted) implements Part {}

  /** What is done with a parameter's value. */
  enum Operator {
    NONE,
    LENGTH,
    DEFAULT,
    ASSIGN,
    ERROR,
    ALTERNATIVE,
    SHORTEST_PREFIX,
    LONGEST_PREFIX,
    SHORTEST_SUFFIX,
    LONGEST_SUFFIX,
    SUBSTRING,
    SUBSTRING_WITH_LENGTH,
    REPLACE_FIRST,
    REPLACE_ALL;

    /** Whether the argument is taken if the parameter is not set, or if it is. */
    public boolean isConditional() {
      return this == DEFAULT || this == ASSIGN || this == ERROR || this == ALTERNATIVE;
    }
  }
}
