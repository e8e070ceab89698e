package io.sockerless.backend.memory.utility.calculate;

import io.sockerless.backend.memory.utility.Failure;

/** A program of {@code dc} and the place in it. */
final class DcSource {

  private final String text;
  private int at;

  DcSource(String text) {
    this.text = text;
  }

  boolean hasMore() {
    return at < text.length();
  }

  char next() throws Failure {
    if (!hasMore()) {
      throw new Failure("bad expression at ''");
    }
    return text.charAt(at++);
  }

  /** The number that begins with a character that was taken. */
  String number(char first) {
    StringBuilder digits = new StringBuilder().append(first);
    boolean point = first == '.';
    while (hasMore() && (isDigit(text.charAt(at)) || (!point && text.charAt(at) == '.'))) {
      point |= text.charAt(at) == '.';
      digits.append(text.charAt(at++));
    }
    return digits.toString();
  }

  /** The text up to the bracket that closes it. */
  String bracketed() throws Failure {
    int start = at;
    int open = 1;
    while (open > 0) {
      if (!hasMore()) {
        throw new Failure("unterminated string");
      }
      char c = text.charAt(at++);
      open += c == '[' ? 1 : c == ']' ? -1 : 0;
    }
    return text.substring(start, at - 1);
  }

  void skipLine() {
    int end = text.indexOf('\n', at);
    at = end < 0 ? text.length() : end;
  }

  boolean accept(char c) {
    boolean matches = hasMore() && text.charAt(at) == c;
    at += matches ? 1 : 0;
    return matches;
  }

  /** Whether a character belongs to a number: digits, and letters from A to F. */
  static boolean isDigit(char c) {
    return Digits.value(c) >= 0 && c <= 'F';
  }
}
