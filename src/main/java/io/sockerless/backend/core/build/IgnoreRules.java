package io.sockerless.backend.core.build;

import io.sockerless.backend.core.dockerfile.PathText;
import java.util.ArrayList;
import java.util.List;

/**
 * Patterns of paths that are left out, the last one that matches deciding; one with an exclamation
 * mark takes a path in again. A folder's pattern is for all that is in it.
 *
 * @see <a href="https://docs.docker.com/build/concepts/context/#dockerignore-files">.dockerignore
 *     files</a>
 */
record IgnoreRules(List<Rule> rules) {

  /** One line. */
  record Rule(String pattern, boolean takesIn) {}

  /** Reads a {@code .dockerignore} file. */
  static IgnoreRules parse(String text) {
    String whole = text.startsWith("\ufeff") ? text.substring(1) : text;
    return of(whole.lines().filter(line -> !line.startsWith("#")).toList());
  }

  /** Takes patterns one by one. */
  static IgnoreRules of(List<String> lines) {
    List<Rule> rules = new ArrayList<>();
    for (String line : lines) {
      String pattern = line.strip();
      boolean takesIn = pattern.startsWith("!");
      pattern = takesIn ? pattern.substring(1).strip() : pattern;
      String clean = PathText.clean(pattern).replaceFirst("^/", "");
      if (!pattern.isEmpty() && !clean.isEmpty() && !clean.equals(".")) {
        rules.add(new Rule(clean, takesIn));
      }
    }
    return new IgnoreRules(List.copyOf(rules));
  }

  /** Whether a path is left out. */
  boolean excludes(String path) {
    boolean excluded = false;
    for (Rule rule : rules) {
      if (rule.takesIn() == excluded && matches(rule.pattern(), path)) {
        excluded = !rule.takesIn();
      }
    }
    return excluded;
  }

  private static boolean matches(String pattern, String path) {
    for (int end = path.length(); end > 0; end = path.lastIndexOf('/', end - 1)) {
      if (Globs.matches(pattern, path.substring(0, end))) {
        return true;
      }
    }
    return false;
  }
}
