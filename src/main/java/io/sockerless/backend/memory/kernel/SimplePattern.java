package io.sockerless.backend.memory.kernel;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;

/**
 * A pattern without groups. It matches without backtracking, in a time that grows with the product
 * of both lengths at most.
 */
final class SimplePattern implements Pattern {

  /** One place of the pattern: any run of characters, or one that is of a kind. */
  private record Element(boolean star, IntPredicate one) {}

  private static final int CHECKPOINT = 4_096;

  private final List<Element> elements;
  private final boolean ignoreCase;

  private SimplePattern(List<Element> elements, boolean ignoreCase) {
    this.elements = elements;
    this.ignoreCase = ignoreCase;
  }

  static SimplePattern of(String pattern, boolean ignoreCase) {
    List<Element> elements = new ArrayList<>();
    int i = 0;
    while (i < pattern.length()) {
      int c = pattern.codePointAt(i);
      int next = i + Character.charCount(c);
      if (c == '*') {
        if (elements.isEmpty() || !elements.getLast().star()) {
          elements.add(new Element(true, any -> false));
        }
      } else if (c == '?') {
        elements.add(new Element(false, any -> true));
      } else if (c == '\\' && next < pattern.length()) {
        int escaped = pattern.codePointAt(next);
        elements.add(literal(escaped, ignoreCase));
        next += Character.charCount(escaped);
      } else {
        Optional<BracketExpression> bracket =
            c == '[' ? BracketExpression.at(pattern, i) : Optional.empty();
        if (bracket.isPresent()) {
          BracketExpression expression = bracket.get();
          elements.add(new Element(false, it -> expression.matches(it, ignoreCase)));
          next = expression.end();
        } else {
          elements.add(literal(c, ignoreCase));
        }
      }
      i = next;
    }
    return new SimplePattern(elements, ignoreCase);
  }

  private static Element literal(int c, boolean ignoreCase) {
    int wanted = ignoreCase ? Character.toLowerCase(c) : c;
    return new Element(false, it -> (ignoreCase ? Character.toLowerCase(it) : it) == wanted);
  }

  @Override
  public boolean matches(String text) {
    int place = 0;
    int at = 0;
    int star = -1;
    int resume = 0;
    int steps = 0;
    while (at < text.length()) {
      if (++steps % CHECKPOINT == 0) {
        Task.current().ifPresent(Task::checkpoint);
      }
      int c = text.codePointAt(at);
      if (place < elements.size() && elements.get(place).star()) {
        star = place++;
        resume = at;
      } else if (place < elements.size() && elements.get(place).one().test(c)) {
        place++;
        at += Character.charCount(c);
      } else if (star >= 0) {
        place = star + 1;
        resume += Character.charCount(text.codePointAt(resume));
        at = resume;
      } else {
        return false;
      }
    }
    return place == elements.size() || (place == elements.size() - 1 && elements.get(place).star());
  }

  @Override
  public int shortestPrefix(String text) {
    return prefix(text.codePoints().toArray(), true);
  }

  @Override
  public int longestPrefix(String text) {
    return prefix(text.codePoints().toArray(), false);
  }

  @Override
  public int shortestSuffix(String text) {
    return suffix(text, true);
  }

  @Override
  public int longestSuffix(String text) {
    return suffix(text, false);
  }

  private int suffix(String text, boolean shortest) {
    List<Element> reversed = new ArrayList<>(elements);
    Collections.reverse(reversed);
    int[] characters = text.codePoints().toArray();
    for (int i = 0; i < characters.length / 2; i++) {
      int other = characters.length - 1 - i;
      int c = characters[i];
      characters[i] = characters[other];
      characters[other] = c;
    }
    return new SimplePattern(reversed, ignoreCase).prefix(characters, shortest);
  }

  /** Follows all places that the pattern can be at, at once; lengths are those of strings. */
  private int prefix(int[] characters, boolean shortest) {
    BitSet places = new BitSet(elements.size() + 1);
    enter(places, 0);
    int found = -1;
    int length = 0;
    for (int i = 0; ; i++) {
      if (places.get(elements.size())) {
        found = length;
        if (shortest) {
          return found;
        }
      }
      if (i == characters.length || places.isEmpty()) {
        return found;
      }
      if (i % CHECKPOINT == 0) {
        Task.current().ifPresent(Task::checkpoint);
      }
      places = step(places, characters[i]);
      length += Character.charCount(characters[i]);
    }
  }

  /** Where what matches can end that begins at one of some places of a text. */
  BitSet ends(String text, BitSet starts) {
    BitSet ends = new BitSet();
    BitSet places = new BitSet(elements.size() + 1);
    int at = Math.max(starts.nextSetBit(0), 0);
    while (true) {
      if (starts.get(at)) {
        enter(places, 0);
      }
      if (places.get(elements.size())) {
        ends.set(at);
      }
      if (at >= text.length()) {
        return ends;
      }
      if (at % CHECKPOINT == 0) {
        Task.current().ifPresent(Task::checkpoint);
      }
      int c = text.codePointAt(at);
      places = step(places, c);
      at += Character.charCount(c);
    }
  }

  private BitSet step(BitSet places, int c) {
    BitSet next = new BitSet(elements.size() + 1);
    for (int at = places.nextSetBit(0); at >= 0; at = places.nextSetBit(at + 1)) {
      if (at < elements.size()) {
        Element element = elements.get(at);
        if (element.star()) {
          enter(next, at);
        } else if (element.one().test(c)) {
          enter(next, at + 1);
        }
      }
    }
    return next;
  }

  /** Comes to a place, and to the next one as well if this one may match nothing. */
  private void enter(BitSet places, int at) {
    places.set(at);
    if (at < elements.size() && elements.get(at).star()) {
      enter(places, at + 1);
    }
  }
}
