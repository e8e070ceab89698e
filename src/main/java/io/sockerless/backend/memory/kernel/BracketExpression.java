package io.sockerless.backend.memory.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;

/**
 * A set of characters in a pattern, such as {@code [!a-z[:digit:]]}.
 *
 * @param end where the pattern goes on behind it
 */
record BracketExpression(boolean negated, List<IntPredicate> members, int end) {

  /** The expression that begins at a position; none if nothing closes it. */
  static Optional<BracketExpression> at(String pattern, int start) {
    return new Reader(pattern, start + 1).read();
  }

  boolean matches(int c, boolean ignoreCase) {
    boolean member =
        contains(c)
            || (ignoreCase
                && (contains(Character.toLowerCase(c)) || contains(Character.toUpperCase(c))));
    return member != negated;
  }

  private boolean contains(int c) {
    return members.stream().anyMatch(member -> member.test(c));
  }

  /** Whether a character is of a class of POSIX; none is of one that is unknown. */
  static boolean isOfClass(int c, String name) {
    return switch (name) {
      case "alpha" -> Character.isLetter(c);
      case "digit" -> c >= '0' && c <= '9';
      case "alnum" -> Character.isLetter(c) || (c >= '0' && c <= '9');
      case "upper" -> Character.isUpperCase(c);
      case "lower" -> Character.isLowerCase(c);
      case "space" -> c == ' ' || (c >= '\t' && c <= '\r');
      case "blank" -> c == ' ' || c == '\t';
      case "punct" -> isPrinted(c) && !Character.isLetterOrDigit(c);
      case "print" -> isPrinted(c) || c == ' ';
      case "graph" -> isPrinted(c);
      case "cntrl" -> c < 32 || c == 127;
      case "xdigit" -> c < 128 && Character.digit(c, 16) >= 0;
      default -> false;
    };
  }

  private static boolean isPrinted(int c) {
    return c > 32 && c != 127 && !Character.isSpaceChar(c) && !Character.isISOControl(c);
  }

  private static final class Reader {
    private final String pattern;
    private final List<IntPredicate> members = new ArrayList<>();
    private int at;

    Reader(String pattern, int at) {
      this.pattern = pattern;
      this.at = at;
    }

    Optional<BracketExpression> read() {
      boolean negated = at < pattern.length() && "!^".indexOf(pattern.charAt(at)) >= 0;
      if (negated) {
        at++;
      }
      boolean first = true;
      while (at < pattern.length()) {
        if (pattern.charAt(at) == ']' && !first) {
          return Optional.of(new BracketExpression(negated, members, at + 1));
        }
        first = false;
        if (!readClass()) {
          readRange();
        }
      }
      return Optional.empty();
    }

    private boolean readClass() {
      if (!pattern.startsWith("[:", at)) {
        return false;
      }
      int close = pattern.indexOf(":]", at + 2);
      if (close < 0 || !pattern.substring(at + 2, close).chars().allMatch(Character::isLetter)) {
        return false;
      }
      String name = pattern.substring(at + 2, close);
      members.add(c -> isOfClass(c, name));
      at = close + 2;
      return true;
    }

    private void readRange() {
      int from = character();
      boolean range =
          at + 1 < pattern.length() && pattern.charAt(at) == '-' && pattern.charAt(at + 1) != ']';
      if (!range) {
        members.add(c -> c == from);
        return;
      }
      at++;
      int to = character();
      members.add(c -> c >= from && c <= to);
    }

    private int character() {
      int c = pattern.codePointAt(at);
      if (c == '\\' && at + 1 < pattern.length()) {
        at++;
        c = pattern.codePointAt(at);
      } else if (c == '[' && at + 4 < pattern.length() && isCollating()) {
        c = pattern.codePointAt(at + 2);
        at += 2 + Character.charCount(c) + 2;
        return c;
      }
      at += Character.charCount(c);
      return c;
    }

    /** Whether {@code [.x.]} or {@code [=x=]} comes. */
    private boolean isCollating() {
      char sign = pattern.charAt(at + 1);
      int after = at + 2 + Character.charCount(pattern.codePointAt(at + 2));
      return (sign == '.' || sign == '=')
          && after + 1 < pattern.length()
          && pattern.charAt(after) == sign
          && pattern.charAt(after + 1) == ']';
    }
  }
}
