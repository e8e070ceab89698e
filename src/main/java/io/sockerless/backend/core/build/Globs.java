package io.sockerless.backend.core.build;

/**
 * The patterns of sources: {@code *} and {@code ?} stand for no slash, {@code **} for any folders.
 *
 * @see <a href="https://pkg.go.dev/path/filepath#Match">Go's filepath.Match</a>
 */
final class Globs {

  private Globs() {}

  /** Whether a text has anything in it that makes it a pattern. */
  static boolean isPattern(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\') {
        i++;
      } else if (c == '*' || c == '?' || c == '[') {
        return true;
      }
    }
    return false;
  }

  /** Whether a path matches as a whole; none matches a malformed pattern. */
  static boolean matches(String pattern, String path) {
    String[] parts = pattern.split("/", -1);
    String[] names = path.split("/", -1);
    boolean[] reached = new boolean[names.length + 1];
    reached[0] = true;
    for (String part : parts) {
      boolean[] after = new boolean[names.length + 1];
      for (int i = 0; i <= names.length; i++) {
        if (part.equals("**")) {
          after[i] = reached[i] || (i > 0 && after[i - 1]);
        } else if (i < names.length && reached[i]) {
          after[i + 1] = matchesName(part, names[i]);
        }
      }
      reached = after;
    }
    return reached[names.length];
  }

  /** Matches one part of a path, in the product of both lengths at most. */
  private static boolean matchesName(String pattern, String name) {
    boolean[] reached = new boolean[name.length() + 1];
    reached[0] = true;
    int at = 0;
    while (at < pattern.length()) {
      if (pattern.charAt(at) == '*') {
        for (int i = 0; i < name.length(); i++) {
          reached[i + 1] |= reached[i];
        }
        at++;
        continue;
      }
      int end = itemEnd(pattern, at);
      if (end > pattern.length()) {
        return false;
      }
      for (int i = name.length(); i > 0; i--) {
        reached[i] = reached[i - 1] && matchesItem(pattern, at, end, name.charAt(i - 1));
      }
      reached[0] = false;
      at = end;
    }
    return reached[name.length()];
  }

  private static int itemEnd(String pattern, int start) {
    return switch (pattern.charAt(start)) {
      case '\\' -> start + 2;
      case '[' -> classEnd(pattern, start);
      default -> start + 1;
    };
  }

  private static int classEnd(String pattern, int start) {
    int at = start + 1;
    if (at < pattern.length() && pattern.charAt(at) == '^') {
      at++;
    }
    int first = at;
    while (at < pattern.length() && (pattern.charAt(at) != ']' || at == first)) {
      at += pattern.charAt(at) == '\\' ? 2 : 1;
    }
    return Math.min(at, pattern.length()) + 1;
  }

  private static boolean matchesItem(String pattern, int start, int end, char c) {
    return switch (pattern.charAt(start)) {
      case '?' -> true;
      case '\\' -> pattern.charAt(start + 1) == c;
      case '[' -> matchesClass(pattern.substring(start + 1, end - 1), c);
      default -> pattern.charAt(start) == c;
    };
  }

  private static boolean matchesClass(String ranges, char c) {
    boolean negated = ranges.startsWith("^");
    boolean found = false;
    int at = negated ? 1 : 0;
    while (at < ranges.length()) {
      at += ranges.charAt(at) == '\\' && at + 1 < ranges.length() ? 1 : 0;
      char low = ranges.charAt(at++);
      char high = low;
      if (at + 1 < ranges.length() && ranges.charAt(at) == '-') {
        at++;
        at += ranges.charAt(at) == '\\' && at + 1 < ranges.length() ? 1 : 0;
        high = ranges.charAt(at++);
      }
      found |= low <= c && c <= high;
    }
    return found != negated;
  }
}
