package io.sockerless.backend.memory.utility.regex;

import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.kernel.Text;
import java.util.Optional;
import java.util.Set;
import org.jcodings.Encoding;
import org.jcodings.specific.ASCIIEncoding;
import org.jcodings.specific.UTF8Encoding;
import org.joni.Matcher;
import org.joni.Option;
import org.joni.Regex;
import org.joni.Region;
import org.joni.exception.JOniException;

/**
 * A regular expression of POSIX, basic or extended, with GNU's additions ({@code \| \+ \? \b \< \>
 * \w \s \` \'}), for bytes and for text. A match is the leftmost one, and the longest of those that
 * begin there. Which characters there are is said by UTF-8; a line that is not valid UTF-8 is
 * matched byte by byte.
 *
 * <p>A task that is killed while it matches ends at once.
 *
 * @see <a href="https://pubs.opengroup.org/onlinepubs/9799919799/basedefs/V1_chap09.html">Regular
 *     Expressions</a>
 */
public final class PosixRegex {

  /** How a pattern is read. */
  public enum Flag {
    /** An extended regular expression, else a basic one. */
    EXTENDED,
    /** No operators at all. */
    LITERAL,
    /** Letters match in either case. */
    IGNORE_CASE,
    /** Anchors match at newlines within the text, too. */
    MULTILINE
  }

  /** One encoding's programs: to find where a match begins, and how far it reaches. */
  private record Variant(Regex search, Optional<Regex> longest) {}

  private final Variant utf8;
  private final Variant singleBytes;
  private final int groups;

  private PosixRegex(Variant utf8, Variant singleBytes, int groups) {
    this.utf8 = utf8;
    this.singleBytes = singleBytes;
    this.groups = groups;
  }

  /**
   * Reads a pattern.
   *
   * @throws InvalidRegexException if it is none
   */
  public static PosixRegex compile(String pattern, Set<Flag> flags) throws InvalidRegexException {
    Translation forText = Translator.translate(pattern, flags, false);
    Translation forBytes = Translator.translate(pattern, flags, true);
    return new PosixRegex(
        compile(forText, flags, UTF8Encoding.INSTANCE),
        compile(forBytes, flags, ASCIIEncoding.INSTANCE),
        forText.groups());
  }

  private static Variant compile(Translation translation, Set<Flag> flags, Encoding encoding)
      throws InvalidRegexException {
    int options = Option.MULTILINE | Option.CAPTURE_GROUP;
    if (flags.contains(Flag.IGNORE_CASE)) {
      options |= Option.IGNORECASE;
    }
    byte[] program = translation.pattern();
    try {
      Regex search = new Regex(program, 0, program.length, options, encoding);
      Optional<Regex> longest =
          translation.ambiguous()
              ? Optional.of(
                  new Regex(program, 0, program.length, options | Option.FIND_LONGEST, encoding))
              : Optional.empty();
      return new Variant(search, longest);
    } catch (JOniException e) {
      throw new InvalidRegexException("Regular expression too big");
    }
  }

  /** How many groups it has. */
  public int groups() {
    return groups;
  }

  /** Whether it matches anywhere in bytes. */
  public boolean isIn(byte[] bytes, int offset, int length) {
    Regex regex = variant(bytes, offset, length).search();
    return search(regex.matcherNoRegion(bytes, offset, offset + length), offset, offset + length)
        >= 0;
  }

  /**
   * The first match in bytes that begins at or after a position.
   *
   * @param from not before the offset; what is before it is seen by anchors
   * @return positions in the array
   */
  public Optional<Match> find(byte[] bytes, int offset, int length, int from) {
    Variant variant = variant(bytes, offset, length);
    int end = offset + length;
    Matcher matcher = variant.search().matcher(bytes, offset, end);
    int start = search(matcher, from, end);
    if (start < 0) {
      return Optional.empty();
    }
    if (variant.longest().isPresent()) {
      matcher = variant.longest().get().matcher(bytes, offset, end);
      matchAt(matcher, start, end);
    }
    Region region = matcher.getEagerRegion();
    int[] starts = new int[region.getNumRegs()];
    int[] ends = new int[starts.length];
    for (int group = 0; group < starts.length; group++) {
      boolean present = region.getBeg(group) >= 0;
      starts[group] = present ? offset + region.getBeg(group) : -1;
      ends[group] = present ? offset + region.getEnd(group) : -1;
    }
    return Optional.of(new Match(starts, ends));
  }

  /** The first match in text. */
  public Optional<Match> find(String text) {
    return find(Subject.of(text), 0);
  }

  /** The first match in text that begins at or after a character. */
  public Optional<Match> find(Subject subject, int from) {
    byte[] bytes = subject.bytes();
    return find(bytes, 0, bytes.length, subject.toByte(from))
        .map(match -> {
          int[] starts = match.starts().clone();
          int[] ends = match.ends().clone();
          for (int group = 0; group < starts.length; group++) {
            starts[group] = subject.toCharacter(starts[group]);
            ends[group] = subject.toCharacter(ends[group]);
          }
          return new Match(starts, ends);
        });
  }

  private Variant variant(byte[] bytes, int offset, int length) {
    int end = offset + length;
    int position = offset;
    boolean plain = true;
    while (position < end) {
      if (bytes[position] >= 0) {
        position++;
        continue;
      }
      int size = Text.sequence(bytes, position, end);
      if (size == 0) {
        return singleBytes;
      }
      plain = false;
      position += size;
    }
    return plain ? singleBytes : utf8;
  }

  private static int search(Matcher matcher, int from, int end) {
    while (true) {
      try {
        return matcher.searchInterruptible(from, end, Option.DEFAULT);
      } catch (InterruptedException e) {
        Task.current().ifPresent(Task::checkpoint);
      }
    }
  }

  private static void matchAt(Matcher matcher, int start, int end) {
    while (true) {
      try {
        matcher.matchInterruptible(start, end, Option.DEFAULT);
        return;
      } catch (InterruptedException e) {
        Task.current().ifPresent(Task::checkpoint);
      }
    }
  }
}
