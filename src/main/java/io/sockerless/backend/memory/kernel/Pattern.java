package io.sockerless.backend.memory.kernel;

/**
 * The shell's patterns: {@code *}, {@code ?}, bracket expressions, and backslashes that take a
 * character as it is.
 *
 * @see <a href="https://man7.org/linux/man-pages/man3/fnmatch.3.html">fnmatch(3)</a>
 */
public sealed interface Pattern permits SimplePattern, ExtendedPattern {

  /** Reads a pattern; each text is one. */
  static Pattern of(String pattern) {
    return SimplePattern.of(pattern, false);
  }

  /** Reads a pattern that takes upper and lower case for the same. */
  static Pattern of(String pattern, boolean ignoreCase) {
    return SimplePattern.of(pattern, ignoreCase);
  }

  /**
   * Reads a pattern in which bash's {@code ?(…)}, {@code *(…)}, {@code +(…)}, {@code @(…)} and
   * {@code !(…)} are groups of alternatives.
   *
   * @see <a href="https://www.gnu.org/software/bash/manual/html_node/Pattern-Matching.html">Pattern
   *     Matching</a>
   */
  static Pattern extended(String pattern) {
    return ExtendedPattern.hasGroup(pattern) ? ExtendedPattern.of(pattern) : of(pattern);
  }

  /** Whether a text has a character in it that makes it more than itself as a pattern. */
  static boolean isMagic(String pattern) {
    return pattern.chars().anyMatch(c -> c == '*' || c == '?' || c == '[' || c == '\\');
  }

  /** A pattern that matches this text alone. */
  static String quote(String text) {
    StringBuilder quoted = new StringBuilder(text.length() + 8);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if ("*?[]\\-!^()|".indexOf(c) >= 0) {
        quoted.append('\\');
      }
      quoted.append(c);
    }
    return quoted.toString();
  }

  /** Whether a text matches as a whole. */
  boolean matches(String text);

  /** The length of the shortest beginning of a text that matches, -1 if none does. */
  int shortestPrefix(String text);

  /** The length of the longest beginning of a text that matches, -1 if none does. */
  int longestPrefix(String text);

  /** The length of the shortest end of a text that matches, -1 if none does. */
  int shortestSuffix(String text);

  /** The length of the longest end of a text that matches, -1 if none does. */
  int longestSuffix(String text);
}
