package io.sockerless.backend.memory.shell.expand;

import io.sockerless.backend.memory.kernel.Pattern;
import io.sockerless.backend.memory.shell.syntax.Part.Operator;

/** Puts letters of a value into upper or lower case. */
final class LetterCase {

  private LetterCase() {}

  /**
   * The value with other letters.
   *
   * @param pattern of the characters that are changed; empty for all
   */
  static String change(String value, Operator operator, String pattern) {
    Pattern changed = Pattern.of(pattern.isEmpty() ? "?" : pattern);
    boolean all =
        switch (operator) {
          case UPPER_ALL, LOWER_ALL, TOGGLE_ALL -> true;
          default -> false;
        };
    StringBuilder text = new StringBuilder();
    for (int at = 0; at < value.length(); ) {
      int character = value.codePointAt(at);
      boolean changes = (all || at == 0) && changed.matches(Character.toString(character));
      int other = changed(character, operator);
      text.appendCodePoint(changes ? other : character);
      at += Character.charCount(character);
    }
    return text.toString();
  }

  private static int changed(int character, Operator operator) {
    boolean upper =
        switch (operator) {
          case UPPER_FIRST, UPPER_ALL -> true;
          case TOGGLE_FIRST, TOGGLE_ALL -> Character.isLowerCase(character);
          default -> false;
        };
    return upper ? Character.toUpperCase(character) : Character.toLowerCase(character);
  }
}
