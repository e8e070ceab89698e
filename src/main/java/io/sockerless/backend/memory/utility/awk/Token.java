package io.sockerless.backend.memory.utility.awk;

/**
 * A piece of a script.
 *
 * @param text of a name, a keyword or an operator; the content of text and regular expressions
 * @param line where it begins
 */
record Token(Kind kind, String text, int line) {

  enum Kind {
    NUMBER,
    TEXT,
    REGEX,
    NAME,
    /** A name with a parenthesis right behind it. */
    FUNCTION,
    BUILTIN,
    KEYWORD,
    OPERATOR,
    NEWLINE,
    END
  }

  boolean is(String operatorOrKeyword) {
    return (kind == Kind.OPERATOR || kind == Kind.KEYWORD) && text.equals(operatorOrKeyword);
  }
}
