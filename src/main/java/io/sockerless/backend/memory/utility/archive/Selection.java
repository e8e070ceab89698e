package io.sockerless.backend.memory.utility.archive;

import io.sockerless.backend.memory.utility.Globs;
import io.sockerless.backend.memory.utility.Strings;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Which members of an archive are wanted: all but the excluded, or those that are named. */
final class Selection {

  private final List<String> wanted;
  private final List<String> excluded;
  private final Set<String> seen = new HashSet<>();

  Selection(List<String> wanted, List<String> excluded) {
    this.wanted = List.copyOf(wanted);
    this.excluded = List.copyOf(excluded);
  }

  /** What is named. */
  List<String> names() {
    return wanted;
  }

  /** Whether a member is left out. */
  boolean excludes(String name) {
    return excluded.stream().anyMatch(pattern -> covers(pattern, name) || isLast(pattern, name));
  }

  private static boolean isLast(String pattern, String name) {
    return !pattern.contains("/") && Globs.matches(pattern, Strings.lastName(name));
  }

  /** Whether a member is wanted. */
  boolean takes(String name) {
    if (excludes(name)) {
      return false;
    }
    if (wanted.isEmpty()) {
      return true;
    }
    boolean takes = false;
    for (String pattern : wanted) {
      if (covers(pattern, name)) {
        seen.add(pattern);
        takes = true;
      }
    }
    return takes;
  }

  /** What was named and never came. */
  List<String> missing() {
    return wanted.stream().filter(name -> !seen.contains(name)).toList();
  }

  /** A pattern matches a name, or a folder that the name is in. */
  private static boolean covers(String pattern, String name) {
    String bare = Strings.trimSlashes(pattern);
    String rest = Strings.trimSlashes(name);
    while (true) {
      if (Globs.matches(bare, rest)) {
        return true;
      }
      int slash = rest.lastIndexOf('/');
      if (slash <= 0) {
        return false;
      }
      rest = rest.substring(0, slash);
    }
  }
}
