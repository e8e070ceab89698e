package io.sockerless.backend.memory.utility.awk;

import io.sockerless.backend.memory.utility.regex.Match;
import io.sockerless.backend.memory.utility.regex.PosixRegex;
import io.sockerless.backend.memory.utility.regex.Subject;
import java.util.Optional;

/**
 * Text in which matches were replaced.
 *
 * @param count how many
 */
record Replacement(String text, int count) {

  /**
   * Replaces matches.
   *
   * @param number which match, 0 for all
   * @param groups whether {@code \1} stands for a group
   */
  static Replacement of(
      PosixRegex regex, String replacement, String text, int number, boolean groups) {
    Subject subject = Subject.of(text);
    StringBuilder out = new StringBuilder();
    int copied = 0;
    int position = 0;
    int seen = 0;
    int count = 0;
    int lastEnd = -1;
    while (position <= text.length()) {
      Optional<Match> found = regex.find(subject, position);
      if (found.isEmpty()) {
        break;
      }
      Match match = found.get();
      boolean empty = match.start() == match.end();
      if (!empty || match.start() != lastEnd) {
        seen++;
        if (number == 0 || seen == number) {
          out.append(text, copied, match.start());
          expand(out, replacement, text, match, groups);
          copied = match.end();
          count++;
        }
        if (number != 0 && seen == number) {
          break;
        }
      }
      lastEnd = match.end();
      position = empty ? match.end() + 1 : match.end();
    }
    return new Replacement(out.append(text, copied, text.length()).toString(), count);
  }

  private static void expand(
      StringBuilder out, String replacement, String text, Match match, boolean groups) {
    for (int i = 0; i < replacement.length(); i++) {
      char c = replacement.charAt(i);
      char next = i + 1 < replacement.length() ? replacement.charAt(i + 1) : '\0';
      if (c == '&') {
        out.append(match.group(text, 0));
      } else if (c == '\\' && (next == '&' || next == '\\')) {
        out.append(next);
        i++;
      } else if (c == '\\' && groups && next >= '0' && next <= '9') {
        out.append(match.group(text, next - '0'));
        i++;
      } else {
        out.append(c);
      }
    }
  }
}
