package io.sockerless.backend.memory.shell.syntax;

import java.util.Set;

/**
 * A piece of a script.
 *
 * @param text of an operator or a number, or of a word that could be a reserved one
 * @param start where it begins in the text of the command
 */
record Token(Kind kind, String text, Word word, int start) {

  private static final Set<String> RESERVED =
      Set.of(
          "!",
          "{",
          "}",
          "case",
          "do",
          "done",
          "elif",
          "else",
          "esac",
          "fi",
          "for",
          "function",
          "if",
          "in",
          "then",
          "until",
          "while",
          "[[");

  private static final Set<String> CLOSERS =
      Set.of("}", "do", "done", "elif", "else", "esac", "fi", "then");

  enum Kind {
    WORD,
    OPERATOR,
    NUMBER,
    NEWLINE,
    END
  }

  boolean isOperator(String operator) {
    return kind == Kind.OPERATOR && text.equals(operator);
  }

  boolean isReserved(String name) {
    return kind == Kind.WORD && text.equals(name);
  }

  /** Whether it is one that patterns of {@code case} stand behind. */
  boolean precedesPatterns() {
    return isReserved("in")
        || (kind == Kind.OPERATOR && (text.startsWith(";;") || text.equals(";&")));
  }

  /** Whether a word or a pattern may follow, and no command. */
  boolean precedesWord() {
    return switch (kind) {
      case WORD -> !isReservedWord(text) || text.equals("in");
      case OPERATOR -> text.startsWith(";;") || text.equals(";&");
      case NUMBER, NEWLINE, END -> false;
    };
  }

  /** Whether a word means the shell's grammar where a command may begin. */
  static boolean isReservedWord(String word) {
    return RESERVED.contains(word);
  }

  /** Whether it begins a redirection, though for the number before it. */
  boolean isRedirection() {
    return kind == Kind.OPERATOR
        && (text.charAt(0) == '<' || text.charAt(0) == '>' || text.startsWith("&>"));
  }

  /** Whether commands end before it. */
  boolean closesList() {
    return switch (kind) {
      case WORD -> CLOSERS.contains(text);
      case OPERATOR -> text.equals(")") || text.startsWith(";;") || text.equals(";&");
      case NUMBER, NEWLINE -> false;
      case END -> true;
    };
  }

  /** What it is called in an error. */
  String describe() {
    return switch (kind) {
      case WORD -> isReservedWord(text) || text.equals("]]") ? "\"" + text + "\"" : "word";
      case OPERATOR -> isRedirection() ? "redirection" : "\"" + text + "\"";
      case NUMBER -> "redirection";
      case NEWLINE -> "newline";
      case END -> "end of file";
    };
  }
}
