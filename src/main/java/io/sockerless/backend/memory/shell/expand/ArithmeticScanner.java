package io.sockerless.backend.memory.shell.expand;

import java.util.List;

/** Reads the names, numbers and operators of an arithmetic expression; blanks count for nothing. */
final class ArithmeticScanner {

  private final String text;
  private int at;
  private int last;

  ArithmeticScanner(String text) {
    this.text = text;
    skipBlanks();
  }

  private void skipBlanks() {
    while (!isAtEnd() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }

  boolean isAtEnd() {
    return at >= text.length();
  }

  /** Where it is, to go back to. */
  int position() {
    return at;
  }

  void goBack(int position) {
    at = position;
  }

  /** The expression. */
  String text() {
    return text.stripLeading();
  }

  /** What could not be read on from; at the end, what was read last. */
  String rest() {
    return text.substring(isAtEnd() ? last : at);
  }

  /** What was read last, and what comes behind it. */
  String restFromLast() {
    return text.substring(last);
  }

  /** Whether something comes next that stands in expressions. */
  boolean isReadable() {
    char c = isAtEnd() ? ' ' : text.charAt(at);
    return (c < 128 && Character.isLetterOrDigit(c)) || "_+-*/%<>=&|!~^?:,()".indexOf(c) >= 0;
  }

  boolean comesNext(String operator) {
    return text.startsWith(operator, at);
  }

  /** Goes past an operator, if it comes next. */
  boolean accept(String operator) {
    if (!comesNext(operator)) {
      return false;
    }
    last = at;
    at += operator.length();
    skipBlanks();
    return true;
  }

  /** Goes past one of some operators and answers it; empty if none of them comes next. */
  String operator(List<String> operators) {
    for (String operator : operators) {
      if (comesNext(operator) && !isPartOfAnother(operator)) {
        accept(operator);
        return operator;
      }
    }
    return "";
  }

  /** Whether what looks like an operator is the beginning of a longer one. */
  private boolean isPartOfAnother(String operator) {
    char next = at + operator.length() < text.length() ? text.charAt(at + operator.length()) : 0;
    return switch (operator) {
      case "|", "&" -> next == operator.charAt(0) || next == '=';
      case "<", ">" -> next == operator.charAt(0);
      case "*" -> next == '*' || next == '=';
      case "^", "+", "-", "/", "%", "<<", ">>" -> next == '=';
      default -> false;
    };
  }

  /** Goes past a variable's name; empty if none comes next. */
  String name() {
    int start = at;
    while (!isAtEnd() && isNamePart(text.charAt(at), at > start)) {
      at++;
    }
    return upTo(start);
  }

  private static boolean isNamePart(char c, boolean digits) {
    return c == '_'
        || (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (digits && c >= '0' && c <= '9');
  }

  /** Goes past what stands between brackets that come next, and answers it. */
  String bracketed() {
    int depth = 0;
    int start = at + 1;
    last = at;
    while (!isAtEnd()) {
      char c = text.charAt(at++);
      depth += c == '[' ? 1 : c == ']' ? -1 : 0;
      if (depth == 0) {
        String inside = text.substring(start, at - 1);
        skipBlanks();
        return inside;
      }
    }
    return text.substring(Math.min(start, text.length()));
  }

  /** Goes past what could be a number of some base. */
  String word() {
    int start = at;
    while (!isAtEnd()
        && (Character.isLetterOrDigit(text.charAt(at)) || "#@_".indexOf(text.charAt(at)) >= 0)) {
      at++;
    }
    return upTo(start);
  }

  private String upTo(int start) {
    String word = text.substring(start, at);
    last = word.isEmpty() ? last : start;
    skipBlanks();
    return word;
  }
}
