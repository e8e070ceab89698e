package io.sockerless.backend.memory.utility.regex;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A bracket expression of POSIX, such as {@code [^[:alpha:]_-]}.
 *
 * @param members what is in it, in the matcher's language
 * @param end where the pattern goes on
 */
record Bracket(boolean negated, List<Member> members, int end) {

  /** A part of the set: characters from one to another, or a class of them. */
  private record Member(int first, int last, String name) {}

  private static final Set<String> NAMES =
      Set.of(
          "alpha", "digit", "alnum", "upper", "lower", "space", "blank", "cntrl", "print", "graph",
          "punct", "xdigit");

  /**
   * Reads one.
   *
   * @param start after the opening bracket
   */
  static Bracket parse(String pattern, int start) throws InvalidRegexException {
    int position = start;
    boolean negated = pattern.startsWith("^", position);
    position += negated ? 1 : 0;
    List<Member> members = new ArrayList<>();
    boolean first = true;
    while (true) {
      if (position >= pattern.length()) {
        throw new InvalidRegexException("Unmatched [, [^, [:, [., or [=");
      }
      if (pattern.charAt(position) == ']' && !first) {
        return new Bracket(negated, members, position + 1);
      }
      first = false;
      position = member(pattern, position, members);
    }
  }

  private static int member(String pattern, int start, List<Member> members)
      throws InvalidRegexException {
    if (pattern.startsWith("[:", start)) {
      int end = closing(pattern, start, ":]");
      String name = pattern.substring(start + 2, end);
      if (!NAMES.contains(name)) {
        throw new InvalidRegexException("Invalid character class name");
      }
      members.add(new Member(0, 0, name));
      return end + 2;
    }
    int first = element(pattern, start);
    int next = after(pattern, start);
    boolean range =
        pattern.startsWith("-", next)
            && next + 1 < pattern.length()
            && pattern.charAt(next + 1) != ']';
    if (!range) {
      members.add(new Member(first, first, ""));
      return next;
    }
    int last = element(pattern, next + 1);
    if (last < first) {
      throw new InvalidRegexException("Invalid range end");
    }
    members.add(new Member(first, last, ""));
    return after(pattern, next + 1);
  }

  private static int closing(String pattern, int start, String close) throws InvalidRegexException {
    int end = pattern.indexOf(close, start + 2);
    if (end < 0) {
      throw new InvalidRegexException("Unmatched [, [^, [:, [., or [=");
    }
    return end;
  }

  private static boolean isNamed(String pattern, int start) {
    return pattern.startsWith("[.", start) || pattern.startsWith("[=", start);
  }

  /** One character, or one within {@code [. .]} or {@code [= =]}. */
  private static int element(String pattern, int start) throws InvalidRegexException {
    if (!isNamed(pattern, start)) {
      return pattern.codePointAt(start);
    }
    int end = closing(pattern, start, pattern.charAt(start + 1) + "]");
    String name = pattern.substring(start + 2, end);
    if (name.isEmpty() || name.codePointCount(0, name.length()) != 1) {
      throw new InvalidRegexException("Invalid collation character");
    }
    return name.codePointAt(0);
  }

  private static int after(String pattern, int start) throws InvalidRegexException {
    return isNamed(pattern, start)
        ? closing(pattern, start, pattern.charAt(start + 1) + "]") + 2
        : start + Character.charCount(pattern.codePointAt(start));
  }

  /** For text; a byte that is no character is not in any set. */
  String pattern() {
    return write(0x10ffff);
  }

  /** For single bytes: those of bytes that are no characters, else ASCII alone. */
  String bytePattern() {
    return write(0x7f);
  }

  private String write(int greatest) {
    StringBuilder set = new StringBuilder();
    for (Member member : members) {
      if (!member.name().isEmpty()) {
        set.append("[:").append(member.name()).append(":]");
        continue;
      }
      boolean isByte = member.first() >= 0xdc80 && member.last() <= 0xdcff;
      if (isByte && greatest == 0x7f) {
        range(set, member.first() - 0xdc00, member.last() - 0xdc00, greatest);
      } else if (!isByte && member.first() <= greatest) {
        range(set, member.first(), Math.min(member.last(), greatest), greatest);
      }
    }
    if (set.isEmpty()) {
      return negated ? "." : "(?!)";
    }
    return (negated ? "[^" : "[") + set + "]";
  }

  private static void range(StringBuilder set, int first, int last, int greatest) {
    character(set, first, greatest);
    if (last > first) {
      set.append('-');
      character(set, last, greatest);
    }
  }

  private static void character(StringBuilder set, int character, int greatest) {
    if (character > 0x7f && greatest > 0x7f) {
      set.append(String.format(Locale.ROOT, "\\x{%X}", character));
    } else if (Character.isLetterOrDigit(character) && character < 0x80) {
      set.append((char) character);
    } else {
      set.append(String.format(Locale.ROOT, "\\x%02X", character));
    }
  }
}
