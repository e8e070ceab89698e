package io.sockerless.backend.memory.kernel;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * A pattern with groups of alternatives, which may have groups in them. It follows all places of a
 * text that it can be at, at once, so that no pattern takes for ever.
 */
final class ExtendedPattern implements Pattern {

  /** What a group's first character says of its alternatives. */
  private static final String KINDS = "?*+@!";

  /** A piece of the pattern: without a group, or one. */
  private sealed interface Part {
    record Plain(SimplePattern pattern) implements Part {}

    record Group(char kind, List<ExtendedPattern> alternatives) implements Part {}
  }

  private final List<Part> parts;

  private ExtendedPattern(List<Part> parts) {
    this.parts = parts;
  }

  /** Whether a group begins anywhere. */
  static boolean hasGroup(String pattern) {
    for (int i = 0; i < pattern.length(); i = next(pattern, i)) {
      if (beginsGroup(pattern, i)) {
        return true;
      }
    }
    return false;
  }

  private static boolean beginsGroup(String pattern, int at) {
    return KINDS.indexOf(pattern.charAt(at)) >= 0
        && at + 1 < pattern.length()
        && pattern.charAt(at + 1) == '('
        && end(pattern, at + 2) >= 0;
  }

  /** Behind one character, an escaped one or a bracket expression. */
  private static int next(String pattern, int at) {
    if (pattern.charAt(at) == '[') {
      return BracketExpression.at(pattern, at).map(BracketExpression::end).orElse(at + 1);
    }
    return pattern.charAt(at) == '\\' ? Math.min(at + 2, pattern.length()) : at + 1;
  }

  /** The parenthesis that closes what stands open at an index; -1 if nothing does. */
  private static int end(String pattern, int from) {
    int depth = 0;
    for (int i = from; i < pattern.length(); i = next(pattern, i)) {
      char c = pattern.charAt(i);
      if (c == ')' && depth-- == 0) {
        return i;
      }
      depth += c == '(' ? 1 : 0;
    }
    return -1;
  }

  static ExtendedPattern of(String pattern) {
    List<Part> parts = new ArrayList<>();
    int plain = 0;
    int i = 0;
    while (i < pattern.length()) {
      if (beginsGroup(pattern, i)) {
        addPlain(parts, pattern.substring(plain, i));
        int end = end(pattern, i + 2);
        parts.add(new Part.Group(pattern.charAt(i), alternatives(pattern.substring(i + 2, end))));
        i = end + 1;
        plain = i;
      } else {
        i = next(pattern, i);
      }
    }
    addPlain(parts, pattern.substring(plain));
    return new ExtendedPattern(parts);
  }

  private static void addPlain(List<Part> parts, String pattern) {
    if (!pattern.isEmpty()) {
      parts.add(new Part.Plain(SimplePattern.of(pattern, false)));
    }
  }

  private static List<ExtendedPattern> alternatives(String text) {
    List<ExtendedPattern> alternatives = new ArrayList<>();
    int depth = 0;
    int start = 0;
    for (int i = 0; i < text.length(); i = next(text, i)) {
      char c = text.charAt(i);
      depth += c == '(' ? 1 : c == ')' ? -1 : 0;
      if (c == '|' && depth == 0) {
        alternatives.add(of(text.substring(start, i)));
        start = i + 1;
      }
    }
    alternatives.add(of(text.substring(start)));
    return alternatives;
  }

  /** Where what matches can end that begins at one of some places of a text. */
  private BitSet ends(String text, BitSet starts) {
    BitSet places = starts;
    for (Part part : parts) {
      places =
          switch (part) {
            case Part.Plain(SimplePattern pattern) -> pattern.ends(text, places);
            case Part.Group group -> ends(text, places, group);
          };
    }
    return places;
  }

  private static BitSet ends(String text, BitSet starts, Part.Group group) {
    return switch (group.kind()) {
      case '@' -> once(text, starts, group);
      case '?' -> union(starts, once(text, starts, group));
      case '*' -> union(starts, repeated(text, starts, group));
      case '+' -> repeated(text, starts, group);
      default -> others(text, starts, group);
    };
  }

  private static BitSet union(BitSet some, BitSet more) {
    BitSet all = (BitSet) some.clone();
    all.or(more);
    return all;
  }

  private static BitSet once(String text, BitSet starts, Part.Group group) {
    BitSet ends = new BitSet();
    group.alternatives().forEach(alternative -> ends.or(alternative.ends(text, starts)));
    return ends;
  }

  private static BitSet repeated(String text, BitSet starts, Part.Group group) {
    BitSet all = new BitSet();
    BitSet last = starts;
    while (!last.isEmpty()) {
      BitSet ends = once(text, last, group);
      ends.andNot(all);
      all.or(ends);
      last = ends;
    }
    return all;
  }

  /** All that no alternative is. */
  private static BitSet others(String text, BitSet starts, Part.Group group) {
    BitSet ends = new BitSet();
    starts.stream()
        .forEach(start -> {
          BitSet here = new BitSet();
          here.set(start, text.length() + 1);
          here.andNot(once(text, only(start), group));
          ends.or(here);
        });
    return ends;
  }

  private static BitSet only(int place) {
    BitSet places = new BitSet();
    places.set(place);
    return places;
  }

  @Override
  public boolean matches(String text) {
    return ends(text, only(0)).get(text.length());
  }

  @Override
  public int shortestPrefix(String text) {
    return ends(text, only(0)).nextSetBit(0);
  }

  @Override
  public int longestPrefix(String text) {
    return ends(text, only(0)).length() - 1;
  }

  @Override
  public int shortestSuffix(String text) {
    for (int start = text.length(); start >= 0; start--) {
      if (matches(text.substring(start))) {
        return text.length() - start;
      }
    }
    return -1;
  }

  @Override
  public int longestSuffix(String text) {
    for (int start = 0; start <= text.length(); start++) {
      if (matches(text.substring(start))) {
        return text.length() - start;
      }
    }
    return -1;
  }
}
