package io.sockerless.backend.memory.utility;

import io.sockerless.backend.memory.kernel.Task;
import java.util.Locale;

/**
 * A pattern of file names as {@code fnmatch(3)} takes it: {@code * ? [set]} and a backslash before
 * what stands for itself. A slash and a leading dot are letters like others.
 */
public final class Glob {

  private final String pattern;
  private final boolean ignoreCase;

  /** A pattern. */
  public Glob(String pattern, boolean ignoreCase) {
    this.pattern = ignoreCase ? pattern.toLowerCase(Locale.ROOT) : pattern;
    this.ignoreCase = ignoreCase;
  }

  /** Whether all of a text matches. */
  public boolean matches(String written) {
    String text = ignoreCase ? written.toLowerCase(Locale.ROOT) : written;
    int at = 0;
    int position = 0;
    int starAt = -1;
    int starPosition = 0;
    while (position < text.length()) {
      int next = at < pattern.length() && pattern.charAt(at) != '*' ? one(at, text, position) : -1;
      if (next > 0) {
        at = next;
        position += Character.charCount(text.codePointAt(position));
      } else if (at < pattern.length() && pattern.charAt(at) == '*') {
        starAt = at++;
        starPosition = position;
      } else if (starAt >= 0) {
        Task.current().ifPresent(Task::checkpoint);
        starPosition += Character.charCount(text.codePointAt(starPosition));
        at = starAt + 1;
        position = starPosition;
      } else {
        return false;
      }
    }
    while (at < pattern.length() && pattern.charAt(at) == '*') {
      at++;
    }
    return at == pattern.length();
  }

  /** Where the pattern goes on if its element matches the character; -1 if it does not. */
  private int one(int at, String text, int position) {
    int c = text.codePointAt(position);
    char element = pattern.charAt(at);
    if (element == '?') {
      return at + 1;
    }
    if (element == '[') {
      int end = setEnd(at);
      if (end > 0) {
        return inSet(at + 1, end, c) ? end + 1 : -1;
      }
    }
    int literal = element == '\\' && at + 1 < pattern.length() ? at + 1 : at;
    int wanted = pattern.codePointAt(literal);
    return wanted == c ? literal + Character.charCount(wanted) : -1;
  }

  /** Where the bracket of a set is closed; -1 if it is not. */
  private int setEnd(int open) {
    int at = open + 1;
    if (at < pattern.length() && isNegation(pattern.charAt(at))) {
      at++;
    }
    if (at < pattern.length() && pattern.charAt(at) == ']') {
      at++;
    }
    while (at < pattern.length() && pattern.charAt(at) != ']') {
      if (pattern.startsWith("[:", at)) {
        int close = pattern.indexOf(":]", at + 2);
        at = close < 0 ? at : close + 1;
      } else if (pattern.charAt(at) == '\\') {
        at++;
      }
      at++;
    }
    return at < pattern.length() ? at : -1;
  }

  private static boolean isNegation(char c) {
    return c == '!' || c == '^';
  }

  private boolean inSet(int from, int end, int c) {
    boolean negated = isNegation(pattern.charAt(from));
    int at = negated ? from + 1 : from;
    boolean found = false;
    while (at < end) {
      if (pattern.startsWith("[:", at)) {
        int close = pattern.indexOf(":]", at + 2);
        if (close > 0 && close < end) {
          found |= inClass(pattern.substring(at + 2, close), c);
          at = close + 2;
          continue;
        }
      }
      if (pattern.charAt(at) == '\\' && at + 1 < end) {
        at++;
      }
      int low = pattern.codePointAt(at);
      at += Character.charCount(low);
      int high = low;
      if (at + 1 < end && pattern.charAt(at) == '-') {
        high = pattern.codePointAt(at + 1);
        at += 1 + Character.charCount(high);
      }
      found |= low <= c && c <= high;
    }
    return found != negated;
  }

  private static boolean inClass(String name, int c) {
    return switch (name) {
      case "alpha" -> Character.isLetter(c);
      case "digit" -> c >= '0' && c <= '9';
      case "alnum" -> Character.isLetterOrDigit(c);
      case "upper" -> Character.isUpperCase(c);
      case "lower" -> Character.isLowerCase(c);
      case "space" -> c == ' ' || (c >= 9 && c <= 13);
      case "blank" -> c == ' ' || c == '\t';
      case "punct" -> c > ' ' && c < 127 && !Character.isLetterOrDigit(c);
      case "xdigit" -> c < 128 && Character.digit(c, 16) >= 0;
      case "cntrl" -> Character.isISOControl(c);
      case "print" -> !Character.isISOControl(c);
      case "graph" -> !Character.isISOControl(c) && c != ' ';
      default -> false;
    };
  }
}
