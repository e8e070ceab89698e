package io.sockerless.backend.memory.utility;

/** The shell's patterns for names: {@code *}, {@code ?}, bracket expressions, backslashes. */
public final class Globs {

  private Globs() {}

  /** Whether all of a name matches a pattern. */
  public static boolean matches(String pattern, String name) {
    int patternAt = 0;
    int nameAt = 0;
    int starAt = -1;
    int starName = 0;
    while (nameAt < name.length()) {
      int after = patternAt < pattern.length() ? one(pattern, patternAt, name, nameAt) : -1;
      if (patternAt < pattern.length() && pattern.charAt(patternAt) == '*') {
        starAt = ++patternAt;
        starName = nameAt;
      } else if (after >= 0) {
        patternAt = after;
        nameAt += Character.charCount(name.codePointAt(nameAt));
      } else if (starAt >= 0) {
        patternAt = starAt;
        starName += Character.charCount(name.codePointAt(starName));
        nameAt = starName;
      } else {
        return false;
      }
    }
    while (patternAt < pattern.length() && pattern.charAt(patternAt) == '*') {
      patternAt++;
    }
    return patternAt == pattern.length();
  }

  /** Where the pattern goes on if its next element matches the next character, else -1. */
  private static int one(String pattern, int patternAt, String name, int nameAt) {
    int wanted = pattern.codePointAt(patternAt);
    int character = name.codePointAt(nameAt);
    switch (wanted) {
      case '?' -> {
        return patternAt + 1;
      }
      case '[' -> {
        int end = bracketEnd(pattern, patternAt);
        if (end > 0) {
          return inBracket(pattern.substring(patternAt + 1, end), character) ? end + 1 : -1;
        }
      }
      case '\\' -> {
        if (patternAt + 1 < pattern.length()) {
          return pattern.codePointAt(patternAt + 1) == character
              ? patternAt + 1 + Character.charCount(character)
              : -1;
        }
      }
      default -> {}
    }
    return wanted == character ? patternAt + Character.charCount(wanted) : -1;
  }

  private static int bracketEnd(String pattern, int start) {
    int i = start + 1;
    if (i < pattern.length() && "!^".indexOf(pattern.charAt(i)) >= 0) {
      i++;
    }
    for (i++; i < pattern.length(); i++) {
      if (pattern.startsWith("[:", i) && pattern.indexOf(":]", i) > 0) {
        i = pattern.indexOf(":]", i) + 1;
      } else if (pattern.charAt(i) == ']') {
        return i;
      }
    }
    return -1;
  }

  private static boolean inBracket(String content, int character) {
    boolean negated = content.startsWith("!") || content.startsWith("^");
    int i = negated ? 1 : 0;
    boolean found = false;
    while (i < content.length()) {
      if (content.startsWith("[:", i) && content.indexOf(":]", i) > 0) {
        int end = content.indexOf(":]", i);
        found |=
            CharacterClass.named(content.substring(i + 2, end))
                .filter(test -> test.test(character))
                .isPresent();
        i = end + 2;
        continue;
      }
      if (content.charAt(i) == '\\' && i + 1 < content.length()) {
        i++;
      }
      int first = content.codePointAt(i);
      i += Character.charCount(first);
      int last = first;
      if (i + 1 < content.length() && content.charAt(i) == '-') {
        last = content.codePointAt(i + 1);
        i += 1 + Character.charCount(last);
      }
      found |= character >= first && character <= last;
    }
    return found != negated;
  }
}
