package io.sockerless.backend.memory.shell.builtin;

import java.util.Optional;

/** A umask as the permissions that it leaves, such as {@code u=rwx,g=rx,o=}. */
final class UmaskModes {

  private static final String CLASSES = "ugo";
  private static final int ALL = 0777;

  private UmaskModes() {}

  static String format(int mask) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < CLASSES.length(); i++) {
      int bits = (~mask >> (6 - 3 * i)) & 7;
      text.append(i == 0 ? "" : ",").append(CLASSES.charAt(i)).append('=');
      text.append((bits & 4) != 0 ? "r" : "");
      text.append((bits & 2) != 0 ? "w" : "");
      text.append((bits & 1) != 0 ? "x" : "");
    }
    return text.toString();
  }

  /** The mask after a change; none if the text is no change. */
  static Optional<Integer> parse(String text, int mask) {
    int allowed = ~mask & ALL;
    for (String clause : text.split(",", -1)) {
      int at = 0;
      int who = 0;
      while (at < clause.length() && "ugoa".indexOf(clause.charAt(at)) >= 0) {
        int index = "ugoa".indexOf(clause.charAt(at));
        who |= index == 3 ? ALL : 0700 >> (3 * index);
        at++;
      }
      who = who == 0 ? ALL : who;
      if (at == clause.length() || "+-=".indexOf(clause.charAt(at)) < 0) {
        return Optional.empty();
      }
      char operator = clause.charAt(at);
      int bits = 0;
      for (char c : clause.substring(at + 1).toCharArray()) {
        int index = "rwx".indexOf(c);
        if (index < 0) {
          return Optional.empty();
        }
        bits |= 0444 >> index;
      }
      bits &= who;
      allowed =
          switch (operator) {
            case '+' -> allowed | bits;
            case '-' -> allowed & ~bits;
            default -> (allowed & ~who) | bits;
          };
    }
    return Optional.of(~allowed & ALL);
  }
}
