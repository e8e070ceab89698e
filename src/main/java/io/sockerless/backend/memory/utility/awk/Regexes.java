package io.sockerless.backend.memory.utility.awk;

import io.sockerless.backend.memory.utility.Failure;
import io.sockerless.backend.memory.utility.regex.InvalidRegexException;
import io.sockerless.backend.memory.utility.regex.PosixRegex;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;

/** Regular expressions by their text, each compiled once. */
final class Regexes {

  private static final int MOST = 500;

  private final Map<String, PosixRegex> known = new HashMap<>();

  static PosixRegex compile(String pattern) throws Failure {
    try {
      return PosixRegex.compile(
          Escape.resolveInRegex(pattern), EnumSet.of(PosixRegex.Flag.EXTENDED));
    } catch (InvalidRegexException e) {
      throw Failure.of(1, "bad regex '" + pattern + "'", e);
    }
  }

  PosixRegex of(String pattern) throws Failure {
    PosixRegex regex = known.get(pattern);
    if (regex == null) {
      if (known.size() >= MOST) {
        known.clear();
      }
      regex = compile(pattern);
      known.put(pattern, regex);
    }
    return regex;
  }
}
