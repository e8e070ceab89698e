package io.sockerless.backend.memory.utility.sed;

import io.sockerless.backend.memory.utility.regex.PosixRegex;
import java.util.Optional;

/** Which lines a command of {@code sed} is for. */
sealed interface Address {

  /** The line of a number; 0 only before a pattern, to let that match the first line. */
  record Line(long number) implements Address {}

  /** The last line. */
  record Last() implements Address {}

  /**
   * Lines that match.
   *
   * @param regex empty for the one that was used last
   */
  record Pattern(Optional<PosixRegex> regex) implements Address {}

  /** Every so many lines, from one on. */
  record Step(long first, long step) implements Address {}

  /** As an end: so many lines after the beginning. */
  record Count(long lines) implements Address {}

  /** As an end: the next line whose number is a multiple. */
  record Multiple(long of) implements Address {}
}
