package io.sockerless.backend.core.dockerfile;

/**
 * The patterns of {@code ${name#pattern}} and its like: a star for anything, a question mark for
 * one character, a backslash before what means itself. No pattern takes longer than the product of
 * its length and the text's squared.
 */
final class ShellPattern {

  private ShellPattern() {}

  /** Without the shortest, or the longest, beginning that matches. */
  static String withoutPrefix(String text, String pattern, boolean longest) {
    boolean[] ends = ends(text, 0, pattern);
    for (int i = 0; i <= text.length(); i++) {
      int end = longest ? text.length() - i : i;
      if (ends[end]) {
        return text.substring(end);
      }
    }
    return text;
  }

  /** Without the shortest, or the longest, end that matches. */
  static String withoutSuffix(String text, String pattern, boolean longest) {
    for (int i = 0; i <= text.length(); i++) {
      int start = longest ? i : text.length() - i;
      if (ends(text, start, pattern)[text.length()]) {
        return text.substring(0, start);
      }
    }
    return text;
  }

  /** With the first, or each, longest part that matches replaced. */
  static String replaced(String text, String pattern, String replacement, boolean all) {
    StringBuilder replaced = new StringBuilder();
    int position = 0;
    boolean more = true;
    while (position < text.length()) {
      int end = more ? longest(text, position, pattern) : position;
      if (end > position) {
        replaced.append(replacement);
        position = end;
        more = all;
      } else {
        replaced.append(text.charAt(position++));
      }
    }
    return replaced.toString();
  }

  private static int longest(String text, int start, String pattern) {
    boolean[] ends = ends(text, start, pattern);
    for (int end = text.length(); end > start; end--) {
      if (ends[end]) {
        return end;
      }
    }
    return start;
  }

  /** At which positions a match that begins at {@code start} may end. */
  private static boolean[] ends(String text, int start, String pattern) {
    boolean[] reached = new boolean[text.length() + 1];
    reached[start] = true;
    for (int i = 0; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      if (c == '*') {
        for (int at = start; at < text.length(); at++) {
          reached[at + 1] |= reached[at];
        }
        continue;
      }
      boolean any = c == '?';
      if (c == '\\' && i + 1 < pattern.length()) {
        c = pattern.charAt(++i);
      }
      for (int at = text.length(); at > start; at--) {
        reached[at] = reached[at - 1] && (any || text.charAt(at - 1) == c);
      }
      reached[start] = false;
    }
    return reached;
  }
}
