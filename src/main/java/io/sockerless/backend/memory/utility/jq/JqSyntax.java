package io.sockerless.backend.memory.utility.jq;

import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Rewrites what jq's language has and the library's has not into what both have. */
final class JqSyntax {

  /** What is looked at as one piece: comments, names and variables, numbers; else a character. */
  private static final Pattern PIECE =
      Pattern.compile(
          "#[^\\n]*|\\$__loc__\\b|\\$?[A-Za-z_][A-Za-z0-9_]*|[0-9]+(?:\\.[0-9]+)?(?:[eE][-+]?[0-9]+)?|.",
          Pattern.DOTALL);

  /** As many digits as any {@code double} tells apart. */
  private static final int EXACT_DIGITS = 15;

  private final String filter;
  private final StringBuilder rewritten = new StringBuilder();

  /** Of each condition that is open, whether its else has been there. */
  private final Deque<Boolean> conditions = new ArrayDeque<>();

  private int at;

  private JqSyntax(String filter) {
    this.filter = filter;
  }

  /** The filter in the library's language. */
  static String rewrite(String filter) {
    JqSyntax syntax = new JqSyntax(filter);
    syntax.code(false);
    return syntax.rewritten.toString();
  }

  /**
   * Code up to the end, or to the bracket that ends what a text has between its own.
   *
   * @param inText whether it stands in a text
   */
  private void code(boolean inText) {
    Matcher matcher = PIECE.matcher(filter);
    int depth = 0;
    while (at < filter.length() && matcher.find(at)) {
      String piece = matcher.group();
      at = matcher.end();
      depth += piece.equals("(") ? 1 : piece.equals(")") ? -1 : 0;
      rewritten.append(rewritten(piece));
      if (piece.equals("\"")) {
        text();
      } else if (inText && depth < 0) {
        return;
      }
    }
  }

  private String rewritten(String piece) {
    if (piece.equals("$__loc__")) {
      long line = filter.substring(0, at).chars().filter(c -> c == '\n').count() + 1;
      return "{\"file\":\"<top-level>\",\"line\":" + line + "}";
    }
    if (isKeyword(piece)) {
      return condition(piece);
    }
    // The library's whole numbers end with 64 bits; jq's are doubles.
    boolean large = piece.length() > EXACT_DIGITS && piece.chars().allMatch(JqSyntax::isDigit);
    return large ? number(piece) : piece;
  }

  /** A name is none behind a dot, as {@code .end}, and as a key, as {@code {end: 1}}. */
  private boolean isKeyword(String piece) {
    int before = at - piece.length() - 1;
    int next = at;
    while (next < filter.length() && Character.isWhitespace(filter.charAt(next))) {
      next++;
    }
    return Character.isLetter(piece.charAt(0))
        && (before < 0 || filter.charAt(before) != '.')
        && (next == filter.length() || filter.charAt(next) != ':');
  }

  /** A condition without an else leaves its input as it is, since jq 1.7. */
  private String condition(String word) {
    switch (word) {
      case "if" -> conditions.push(false);
      case "else" -> {
        if (!conditions.isEmpty()) {
          conditions.pop();
          conditions.push(true);
        }
      }
      case "end" -> {
        if (!conditions.isEmpty() && !conditions.pop()) {
          return "else . end";
        }
      }
      default -> {}
    }
    return word;
  }

  private static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }

  private static String number(String digits) {
    double value = Double.parseDouble(digits);
    return Double.isInfinite(value)
        ? "infinite"
        : value < Long.MAX_VALUE
            ? new BigDecimal(value).toPlainString()
            : Double.toString(value).replaceFirst("E", "e");
  }

  /** A text from behind its first quote to behind its last. */
  private void text() {
    while (at < filter.length()) {
      char c = filter.charAt(at++);
      rewritten.append(c);
      if (c == '"') {
        return;
      }
      if (c == '\\' && at < filter.length()) {
        char escaped = filter.charAt(at++);
        rewritten.append(escaped);
        if (escaped == '(') {
          code(true);
        }
      }
    }
  }
}
