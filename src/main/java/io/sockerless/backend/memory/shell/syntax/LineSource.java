package io.sockerless.backend.memory.shell.syntax;

import java.io.IOException;
import java.util.Optional;

/** Where a shell's commands come from, a line at a time, so that a command can read the next. */
@FunctionalInterface
public interface LineSource {

  /**
   * The next line with its newline, or a text of many.
   *
   * @param continued whether a command has begun that the line belongs to
   * @return nothing at the end
   */
  Optional<String> next(boolean continued) throws IOException;

  /** A text that is there. */
  static LineSource of(String text) {
    boolean[] taken = {false};
    return continued -> {
      if (taken[0]) {
        return Optional.empty();
      }
      taken[0] = true;
      return Optional.of(text);
    };
  }
}
