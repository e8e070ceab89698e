package io.sockerless.backend.memory.utility.grep;

import io.sockerless.backend.memory.utility.Failure;
import io.sockerless.backend.memory.utility.regex.InvalidRegexException;
import io.sockerless.backend.memory.utility.regex.Match;
import io.sockerless.backend.memory.utility.regex.PosixRegex;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Whether and where any of some patterns matches a line, as words or whole lines if asked for. */
final class LineMatcher {

  private final List<PosixRegex> patterns;
  private final boolean words;
  private final boolean wholeLines;

  private LineMatcher(List<PosixRegex> patterns, boolean words, boolean wholeLines) {
    this.patterns = patterns;
    this.words = words;
    this.wholeLines = wholeLines;
  }

  static LineMatcher of(
      List<String> patterns, Set<PosixRegex.Flag> flags, boolean words, boolean wholeLines)
      throws Failure {
    List<PosixRegex> compiled = new ArrayList<>();
    for (String pattern : patterns) {
      try {
        compiled.add(PosixRegex.compile(pattern, flags));
      } catch (InvalidRegexException e) {
        throw (Failure) new Failure(2, "bad regex '" + pattern + "'").initCause(e);
      }
    }
    return new LineMatcher(compiled, words, wholeLines);
  }

  boolean matches(byte[] bytes, int offset, int length) {
    if (words || wholeLines) {
      return find(bytes, offset, length, offset).isPresent();
    }
    for (PosixRegex pattern : patterns) {
      if (pattern.isIn(bytes, offset, length)) {
        return true;
      }
    }
    return false;
  }

  /** The leftmost and then longest match of all patterns. */
  Optional<Match> find(byte[] bytes, int offset, int length, int from) {
    Optional<Match> best = Optional.empty();
    for (PosixRegex pattern : patterns) {
      Optional<Match> match = find(pattern, bytes, offset, length, from);
      if (match.isPresent() && (best.isEmpty() || isBetter(match.get(), best.get()))) {
        best = match;
      }
    }
    return best;
  }

  private static boolean isBetter(Match match, Match than) {
    return match.start() < than.start()
        || (match.start() == than.start() && match.end() > than.end());
  }

  private Optional<Match> find(PosixRegex pattern, byte[] bytes, int offset, int length, int from) {
    int end = offset + length;
    int position = from;
    while (position <= end) {
      Optional<Match> match = pattern.find(bytes, offset, length, position);
      if (match.isEmpty()) {
        return match;
      }
      int first = match.get().start();
      int last = match.get().end();
      boolean whole = first == offset && last == end;
      if (wholeLines ? whole : !words || isWord(bytes, offset, end, first, last)) {
        return match;
      }
      position = first + 1;
    }
    return Optional.empty();
  }

  private static boolean isWord(byte[] bytes, int offset, int end, int first, int last) {
    return (first == offset || !isWordByte(bytes[first - 1]))
        && (last == end || !isWordByte(bytes[last]));
  }

  private static boolean isWordByte(byte value) {
    return value == '_' || value < 0 || Character.isLetterOrDigit(value);
  }
}
