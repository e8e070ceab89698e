package io.sockerless.backend.memory.shell.syntax;

import java.util.List;
import java.util.Optional;

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
      Reference reference,
      Operator operator,
      boolean colon,
      Word argument,
      Word second,
      boolean quoted)
      implements Part {

    /** What it is called, without a subscript. */
    public String name() {
      return reference.name();
    }
  }

  /**
   * Which parameter is meant.
   *
   * @param subscript of an array's element; {@code @} or {@code *} for all
   * @param indirect whether its value is the name of the one that is meant
   */
  record Reference(String name, Optional<Word> subscript, boolean indirect) {

    /** Whether it means many values and not one. */
    public boolean isList() {
      return isAll(name) || subscript.filter(it -> isAll(it.plain())).isPresent();
    }

    /** Whether many values are one between quotes. */
    public boolean isJoined() {
      return name.equals("*") || subscript.filter(it -> it.plain().equals("*")).isPresent();
    }

    private static boolean isAll(String text) {
      return text.equals("@") || text.equals("*");
    }
  }

  /**
   * The values of an array, in parentheses; only an assignment has them.
   *
   * @param text as they were written, with a blank between any two
   */
  record ArrayLiteral(List<Command.Assignment> elements, String text) implements Part {
    /** Copies the list. */
    public ArrayLiteral {
      elements = List.copyOf(elements);
    }
  }

  /**
   * The name of a file that a command writes, or reads.
   *
   * @param read whether what the command prints is read from it
   */
  record CommandFile(Command command, boolean read) implements Part {}

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
    REPLACE_ALL,
    UPPER_FIRST,
    UPPER_ALL,
    LOWER_FIRST,
    LOWER_ALL,
    TOGGLE_FIRST,
    TOGGLE_ALL,
    /** Something that makes no sense, the text of which is the name. */
    UNREADABLE,
    /** What a letter says, such as quoting. */
    TRANSFORM,
    /** The subscripts of an array. */
    KEYS,
    /** The names of variables that begin so. */
    NAMES;

    /** Whether the argument is taken if the parameter is not set, or if it is. */
    public boolean isConditional() {
      return this == DEFAULT || this == ASSIGN || this == ERROR || this == ALTERNATIVE;
    }
  }
}
