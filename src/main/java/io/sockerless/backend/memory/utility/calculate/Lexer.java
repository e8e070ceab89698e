package io.sockerless.backend.memory.utility.calculate;

import io.sockerless.backend.memory.utility.Failure;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;

/** Takes a program of {@code bc} apart, line by line as it comes. */
final class Lexer {

  /** Where lines come from. */
  @FunctionalInterface
  interface Lines {
    /** The next line, without its newline. */
    Optional<String> next() throws IOException;
  }

  /** What a token is. */
  enum Kind {
    NUMBER,
    NAME,
    TEXT,
    OPERATOR,
    NEWLINE,
    END
  }

  /** A part of the program. */
  record Token(Kind kind, String text) {
    boolean is(String operator) {
      return kind == Kind.OPERATOR && text.equals(operator);
    }

    boolean isWord(String word) {
      return kind == Kind.NAME && text.equals(word);
    }
  }

  private static final Set<String> OPERATORS =
      Set.of("+=", "-=", "*=", "/=", "%=", "^=", "==", "<=", ">=", "!=", "&&", "||", "++", "--");
  private static final String CHARACTERS = "+-*/%^=<>!(){}[],;";

  private final Lines lines;
  private String line = "";
  private int at = 1;
  private boolean ended;

  Lexer(Lines lines) {
    this.lines = lines;
  }

  /** The next token; after the last one it is an end again and again. */
  Token next() throws IOException {
    while (true) {
      if (at > line.length() && !fill()) {
        return new Token(Kind.END, "");
      }
      if (at == line.length()) {
        at++;
        return new Token(Kind.NEWLINE, "");
      }
      char c = line.charAt(at);
      if (c == ' ' || c == '\t' || c == '\r') {
        at++;
      } else if (c == '\\' && at + 1 == line.length()) {
        at += 2;
      } else if (c == '#') {
        at = line.length();
      } else if (line.startsWith("/*", at)) {
        skipComment();
      } else {
        return token(c);
      }
    }
  }

  private boolean fill() throws IOException {
    Optional<String> next = ended ? Optional.empty() : lines.next();
    ended = next.isEmpty();
    line = next.orElse("");
    at = ended ? 1 : 0;
    return !ended;
  }

  private void skipComment() throws IOException {
    int end = line.indexOf("*/", at + 2);
    while (end < 0) {
      if (!fill()) {
        throw new Failure("comment end cannot be found");
      }
      end = line.indexOf("*/");
    }
    at = end + 2;
  }

  private Token token(char c) throws IOException {
    if (c == '"') {
      return text();
    }
    if (c >= 'a' && c <= 'z') {
      int end = at;
      while (end < line.length() && isNamePart(line.charAt(end))) {
        end++;
      }
      return take(Kind.NAME, end);
    }
    if (Digits.value(c) >= 0 || (c == '.' && at + 1 < line.length() && isDigit(at + 1))) {
      return number();
    }
    if (c == '.') {
      at++;
      return new Token(Kind.NAME, "last");
    }
    if (at + 2 <= line.length() && OPERATORS.contains(line.substring(at, at + 2))) {
      return take(Kind.OPERATOR, at + 2);
    }
    if (CHARACTERS.indexOf(c) >= 0) {
      return take(Kind.OPERATOR, at + 1);
    }
    throw new Failure("bad character '" + c + "'");
  }

  private static boolean isNamePart(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
  }

  private boolean isDigit(int index) {
    return Digits.value(line.charAt(index)) >= 0;
  }

  private Token take(Kind kind, int end) {
    Token token = new Token(kind, line.substring(at, end));
    at = end;
    return token;
  }

  /** Digits, which a backslash at the line's end lets go on in the next. */
  private Token number() throws IOException {
    StringBuilder digits = new StringBuilder();
    boolean point = false;
    while (true) {
      if (at + 1 == line.length() && line.charAt(at) == '\\') {
        if (!fill()) {
          break;
        }
      } else if (at < line.length() && (isDigit(at) || (!point && line.charAt(at) == '.'))) {
        point |= line.charAt(at) == '.';
        digits.append(line.charAt(at++));
      } else {
        break;
      }
    }
    return new Token(Kind.NUMBER, digits.toString());
  }

  private Token text() throws IOException {
    StringBuilder text = new StringBuilder();
    at++;
    int end = line.indexOf('"', at);
    while (end < 0) {
      text.append(line, Math.min(at, line.length()), line.length()).append('\n');
      if (!fill()) {
        throw new Failure("unterminated string");
      }
      end = line.indexOf('"');
    }
    text.append(line, at, end);
    at = end + 1;
    return new Token(Kind.TEXT, text.toString());
  }
}
