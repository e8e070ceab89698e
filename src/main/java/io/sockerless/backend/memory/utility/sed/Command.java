package io.sockerless.backend.memory.utility.sed;

import io.sockerless.backend.memory.utility.regex.PosixRegex;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One command of a script.
 *
 * @param first none for all lines
 * @param last of a range
 * @param negated whether it is for all other lines
 */
record Command(Optional<Address> first, Optional<Address> last, boolean negated, Action action) {

  /** What it does. */
  sealed interface Action {}

  /** One of the commands that are a letter and nothing else. */
  record Simple(char letter) implements Action {}

  /** Skips to the command after the closing brace, for the lines that it is not for. */
  record Block(int end) implements Action {}

  /** A place that can be branched to, or a closing brace. */
  record Nothing() implements Action {}

  /** {@code a}, {@code i} or {@code c}. */
  @SuppressWarnings("ArrayRecordComponent")
  record Text(char letter, byte[] text) implements Action {}

  /**
   * {@code b}, {@code t} or {@code T}.
   *
   * @param target the number of a command, that after the last one for the end
   */
  record Branch(char letter, int target) implements Action {}

  /** {@code q} or {@code Q}. */
  record Quit(boolean print, int code) implements Action {}

  /** {@code r}. */
  record Read(String file) implements Action {}

  /** {@code w}. */
  record Write(String file) implements Action {}

  /** {@code y}: characters for characters. */
  record Transliterate(Map<Integer, Integer> replacements) implements Action {}

  /**
   * {@code s}.
   *
   * @param regex empty for the one that was used last
   * @param number the first match that is replaced
   * @param file where the line goes to if any was
   */
  record Substitute(
      Optional<PosixRegex> regex,
      List<Part> replacement,
      int number,
      boolean global,
      boolean print,
      Optional<String> file)
      implements Action {}

  /**
   * A part of a replacement: text, or a group of the match.
   *
   * @param group -1 for text
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Part(byte[] text, int group) {}
}
