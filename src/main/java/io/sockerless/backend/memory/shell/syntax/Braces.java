package io.sockerless.backend.memory.shell.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Bash's braces: one word that stands for several. They are a matter of how words are written, so
 * they are gone when anything else is expanded.
 *
 * @see <a href="https://www.gnu.org/software/bash/manual/html_node/Brace-Expansion.html">Brace
 *     Expansion</a>
 */
final class Braces {

  /** More words than this are no list that anybody wrote, but one that fills the memory. */
  private static final int MAX_WORDS = 1_000_000;

  /** An unquoted character, or a part of the word that braces cannot be in. */
  private record Piece(char character, Optional<Part> part) {
    boolean is(char c) {
      return part.isEmpty() && character == c;
    }
  }

  private Braces() {}

  /** The words that a word stands for. */
  static List<Word> expand(Word word) throws TooManyWordsException {
    if (word.parts().stream().noneMatch(Braces::hasBrace)) {
      return List.of(word);
    }
    List<Piece> pieces = new ArrayList<>();
    for (Part part : word.parts()) {
      if (part instanceof Part.Literal literal && !literal.quoted()) {
        literal.text().chars().forEach(c -> pieces.add(new Piece((char) c, Optional.empty())));
      } else {
        pieces.add(new Piece(' ', Optional.of(part)));
      }
    }
    return expand(pieces).stream().map(Braces::word).toList();
  }

  /** There are more words than are sensible. */
  static final class TooManyWordsException extends Exception {
    private static final long serialVersionUID = 1L;
  }

  private static boolean hasBrace(Part part) {
    return part instanceof Part.Literal literal
        && !literal.quoted()
        && literal.text().indexOf('{') >= 0;
  }

  private static Word word(List<Piece> pieces) {
    PartCollector parts = new PartCollector();
    for (Piece piece : pieces) {
      if (piece.part().isPresent()) {
        parts.add(piece.part().get());
      } else {
        parts.add(piece.character(), false);
      }
    }
    return parts.word();
  }

  private static List<List<Piece>> expand(List<Piece> pieces) throws TooManyWordsException {
    for (int open = 0; open < pieces.size(); open++) {
      int close = pieces.get(open).is('{') ? closing(pieces, open) : -1;
      if (close > 0) {
        List<List<Piece>> middles = alternatives(pieces.subList(open + 1, close));
        if (!middles.isEmpty()) {
          return product(
              pieces.subList(0, open), middles, expand(pieces.subList(close + 1, pieces.size())));
        }
      }
    }
    return List.of(pieces);
  }

  private static int closing(List<Piece> pieces, int open) {
    int depth = 0;
    for (int i = open + 1; i < pieces.size(); i++) {
      if (pieces.get(i).is('{')) {
        depth++;
      } else if (pieces.get(i).is('}') && depth-- == 0) {
        return i;
      }
    }
    return -1;
  }

  private static List<List<Piece>> product(
      List<Piece> before, List<List<Piece>> middles, List<List<Piece>> afters)
      throws TooManyWordsException {
    if ((long) middles.size() * afters.size() > MAX_WORDS) {
      throw new TooManyWordsException();
    }
    List<List<Piece>> words = new ArrayList<>();
    for (List<Piece> middle : middles) {
      for (List<Piece> after : afters) {
        List<Piece> word = new ArrayList<>(before);
        word.addAll(middle);
        word.addAll(after);
        words.add(word);
      }
    }
    return words;
  }

  /** What a pair of braces stands for; nothing if it is only a pair of characters. */
  private static List<List<Piece>> alternatives(List<Piece> inside) throws TooManyWordsException {
    List<List<Piece>> found = new ArrayList<>();
    int depth = 0;
    int from = 0;
    for (int i = 0; i < inside.size(); i++) {
      depth += inside.get(i).is('{') ? 1 : inside.get(i).is('}') ? -1 : 0;
      if (depth == 0 && inside.get(i).is(',')) {
        found.addAll(expand(inside.subList(from, i)));
        from = i + 1;
      }
    }
    if (from == 0) {
      return inside.stream().allMatch(piece -> piece.part().isEmpty()) ? range(inside) : List.of();
    }
    found.addAll(expand(inside.subList(from, inside.size())));
    return found;
  }

  private static List<List<Piece>> range(List<Piece> inside) throws TooManyWordsException {
    StringBuilder text = new StringBuilder();
    inside.forEach(piece -> text.append(piece.character()));
    String[] ends = text.toString().split("\\.\\.", -1);
    boolean numbers = ends.length >= 2 && isNumber(ends[0]) && isNumber(ends[1]);
    boolean letters = ends.length >= 2 && isLetter(ends[0]) && isLetter(ends[1]);
    if (ends.length > 3 || (!numbers && !letters) || (ends.length == 3 && !isNumber(ends[2]))) {
      return List.of();
    }
    long from = numbers ? Long.parseLong(ends[0]) : ends[0].charAt(0);
    long to = numbers ? Long.parseLong(ends[1]) : ends[1].charAt(0);
    long step = ends.length == 3 ? Math.max(1, Math.abs(Long.parseLong(ends[2]))) : 1;
    if (Math.abs(to - from) / step >= MAX_WORDS) {
      throw new TooManyWordsException();
    }
    int width =
        numbers && (isPadded(ends[0]) || isPadded(ends[1]))
            ? Math.max(ends[0].length(), ends[1].length())
            : 0;
    List<List<Piece>> words = new ArrayList<>();
    for (long count = 0; count <= Math.abs(to - from) / step; count++) {
      long value = from + (from <= to ? count : -count) * step;
      words.add(pieces(numbers ? padded(value, width) : Character.toString((char) value)));
    }
    return words;
  }

  private static String padded(long value, int width) {
    String digits = Long.toString(Math.abs(value));
    String sign = value < 0 ? "-" : "";
    return sign + "0".repeat(Math.max(0, width - sign.length() - digits.length())) + digits;
  }

  private static List<Piece> pieces(String text) {
    return text.chars().mapToObj(c -> new Piece((char) c, Optional.empty())).toList();
  }

  private static boolean isPadded(String number) {
    return number.matches("-?0[0-9]+");
  }

  private static boolean isNumber(String text) {
    return text.matches("[-+]?[0-9]{1,17}");
  }

  private static boolean isLetter(String text) {
    return text.length() == 1 && text.matches("[A-Za-z]");
  }
}
