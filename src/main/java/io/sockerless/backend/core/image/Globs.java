package io.sockerless.backend.core.image;

import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * The patterns that the filter {@code reference} takes: {@code *} and {@code ?} stand for no slash.
 *
 * @see <a href="https://pkg.go.dev/path#Match">Go's path.Match</a>
 */
final class Globs {

  private Globs() {}

  static boolean matches(String pattern, String text) {
    StringBuilder regex = new StringBuilder();
    int i = 0;
    while (i < pattern.length()) {
      char c = pattern.charAt(i++);
      switch (c) {
        case '*' -> regex.append("[^/]*");
        case '?' -> regex.append("[^/]");
        case '[' -> i = characterClass(pattern, i, regex);
        case '\\' -> {
          if (i < pattern.length()) {
            regex.append(Pattern.quote(String.valueOf(pattern.charAt(i++))));
          }
        }
        default -> regex.append(Pattern.quote(String.valueOf(c)));
      }
    }
    try {
      return Pattern.matches(regex.toString(), text);
    } catch (PatternSyntaxException e) {
      return false;
    }
  }

  private static int characterClass(String pattern, int start, StringBuilder regex) {
    int end = pattern.indexOf(']', start);
    if (end < 0) {
      regex.append("\\[");
      return start;
    }
    String inside = pattern.substring(start, end).replace("[", "\\[").replace("&&", "&\\&");
    regex.append('[').append(inside).append(']');
    return end + 1;
  }
}
