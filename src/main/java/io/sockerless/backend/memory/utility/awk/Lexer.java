package io.sockerless.backend.memory.utility.awk;

import io.sockerless.backend.memory.utility.Failure;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Cuts a script in pieces; whether a slash begins a regular expression depends on what is before
 * it.
 */
final class Lexer {

  private static final Set<String> KEYWORDS =
      Set.of(
          "BEGIN",
          "END",
          "function",
          "func",
          "if",
          "else",
          "while",
          "for",
          "do",
          "break",
          "continue",
          "next",
          "nextfile",
          "exit",
          "return",
          "delete",
          "in",
          "getline",
          "print",
          "printf");

  static final Set<String> BUILTINS =
      Set.of(
          "length",
          "substr",
          "index",
          "split",
          "sub",
          "gsub",
          "gensub",
          "match",
          "sprintf",
          "sin",
          "cos",
          "atan2",
          "exp",
          "log",
          "sqrt",
          "int",
          "rand",
          "srand",
          "tolower",
          "toupper",
          "system",
          "close",
          "fflush",
          "systime",
          "strftime",
          "and",
          "or",
          "xor",
          "compl",
          "lshift",
          "rshift");

  private static final List<String> OPERATORS =
      List.of(
          "**=", "**", "++", "--", "+=", "-=", "*=", "/=", "%=", "^=", "==", "<=", ">=", "!=", ">>",
          "&&", "||", "!~", "{", "}", "(", ")", "[", "]", ";", ",", "+", "-", "*", "/", "%", "^",
          "!", ">", "<", "|", "?", ":", "~", "$", "=");

  private final String script;
  private final List<Token> tokens = new ArrayList<>();
  private int position;
  private int line = 1;

  private Lexer(String script) {
    this.script = script;
  }

  static List<Token> tokens(String script) throws Failure {
    Lexer lexer = new Lexer(script);
    while (lexer.next()) {}
    lexer.add(Token.Kind.END, "");
    return lexer.tokens;
  }

  private void add(Token.Kind kind, String text) {
    tokens.add(new Token(kind, text, line));
  }

  private Failure failure(String message) {
    return new Failure("cmd. line:" + line + ": " + message);
  }

  private boolean next() throws Failure {
    skipBlanks();
    if (position >= script.length()) {
      return false;
    }
    char c = script.charAt(position);
    if (c == '\n') {
      add(Token.Kind.NEWLINE, "\n");
      line++;
      position++;
    } else if (c == '"') {
      text();
    } else if (c == '/' && regexMayBegin()) {
      regex();
    } else if (isDigit(c)
        || (c == '.' && position + 1 < script.length() && isDigit(script.charAt(position + 1)))) {
      number();
    } else if (c == '_' || Character.isLetter(c)) {
      name();
    } else {
      operator();
    }
    return true;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private void skipBlanks() {
    while (position < script.length()) {
      char c = script.charAt(position);
      if (c == ' ' || c == '\t' || c == '\r') {
        position++;
      } else if (script.startsWith("\\\n", position)) {
        position += 2;
        line++;
      } else if (c == '#') {
        int end = script.indexOf('\n', position);
        position = end < 0 ? script.length() : end;
      } else {
        return;
      }
    }
  }

  private boolean regexMayBegin() {
    if (tokens.isEmpty()) {
      return true;
    }
    Token last = tokens.getLast();
    return switch (last.kind()) {
      case NUMBER, TEXT, REGEX, NAME, BUILTIN -> false;
      case OPERATOR ->
          !last.is(")") && !last.is("]") && !last.is("$") && !last.is("++") && !last.is("--");
      default -> true;
    };
  }

  private void text() throws Failure {
    StringBuilder text = new StringBuilder();
    position++;
    while (true) {
      if (position >= script.length() || script.charAt(position) == '\n') {
        throw failure("Unexpected end of string");
      }
      char c = script.charAt(position++);
      if (c == '"') {
        add(Token.Kind.TEXT, Escape.resolve(text.toString()));
        return;
      }
      text.append(c);
      if (c == '\\' && position < script.length()) {
        text.append(script.charAt(position++));
      }
    }
  }

  private void regex() throws Failure {
    StringBuilder regex = new StringBuilder();
    position++;
    boolean bracket = false;
    while (true) {
      if (position >= script.length() || script.charAt(position) == '\n') {
        throw failure("Unexpected end of string");
      }
      char c = script.charAt(position++);
      if (c == '/' && !bracket) {
        add(Token.Kind.REGEX, regex.toString());
        return;
      }
      regex.append(c);
      if (c == '\\' && position < script.length()) {
        regex.append(script.charAt(position++));
      } else if (c == '[' && !bracket) {
        bracket = true;
        while (position < script.length() && "^]".indexOf(script.charAt(position)) >= 0) {
          regex.append(script.charAt(position++));
        }
      } else if (c == '[' && position < script.length() && script.charAt(position) == ':') {
        int end = script.indexOf(":]", position);
        int stop = end < 0 ? position : end + 2;
        regex.append(script, position, stop);
        position = stop;
      } else if (c == ']') {
        bracket = false;
      }
    }
  }

  private void number() {
    if (script.startsWith("0x", position) || script.startsWith("0X", position)) {
      int end = position + 2;
      while (end < script.length() && Character.digit(script.charAt(end), 16) >= 0) {
        end++;
      }
      if (end > position + 2) {
        add(Token.Kind.NUMBER, new BigInteger(script.substring(position + 2, end), 16).toString());
        position = end;
        return;
      }
    }
    int end = position + NumberPrefix.end(script.substring(position));
    add(Token.Kind.NUMBER, script.substring(position, end));
    position = end;
  }

  private void name() {
    int end = position;
    while (end < script.length()
        && (script.charAt(end) == '_' || Character.isLetterOrDigit(script.charAt(end)))) {
      end++;
    }
    String name = script.substring(position, end);
    position = end;
    if (KEYWORDS.contains(name)) {
      add(Token.Kind.KEYWORD, name.equals("func") ? "function" : name);
    } else if (BUILTINS.contains(name)) {
      add(Token.Kind.BUILTIN, name);
    } else {
      boolean call = end < script.length() && script.charAt(end) == '(';
      add(call ? Token.Kind.FUNCTION : Token.Kind.NAME, name);
    }
  }

  private void operator() throws Failure {
    for (String operator : OPERATORS) {
      if (script.startsWith(operator, position)) {
        position += operator.length();
        add(Token.Kind.OPERATOR, operator.replace("**", "^"));
        return;
      }
    }
    throw failure("Unexpected token");
  }
}
