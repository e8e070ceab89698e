package io.sockerless.backend.memory.utility.text;

import io.sockerless.backend.memory.kernel.Text;
import io.sockerless.backend.memory.utility.Failure;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A format of {@code hexdump -e}: units of {@code times/bytes "text"}, each of which takes bytes of
 * the block and prints them.
 *
 * @see <a href="https://man7.org/linux/man-pages/man1/hexdump.1.html">hexdump(1)</a>
 */
final class HexdumpFormat {

  private static final Pattern UNIT =
      Pattern.compile("\\s*(\\d{1,6})?\\s*(?:/\\s*(\\d{1,3}))?\\s*\"((?:[^\"\\\\]|\\\\.)*)\"\\s*");
  private static final Pattern CONVERSION =
      Pattern.compile(
          "%([-+ #0]*)(\\d{1,3})?(?:\\.(\\d{1,3}))?(_a[dox]|_[cpu]|.?)", Pattern.DOTALL);
  private static final int USUAL_BYTES = 4;

  /**
   * A piece of a unit.
   *
   * @param conversion what is printed; empty for the text alone
   * @param bytes that it takes
   */
  private record Piece(String text, FieldFormat field, String conversion, int bytes) {}

  private record Unit(int times, boolean counted, List<Piece> pieces) {
    int bytes() {
      return pieces.stream().mapToInt(Piece::bytes).sum();
    }
  }

  private final List<Unit> units;

  private HexdumpFormat(List<Unit> units) {
    this.units = units;
  }

  /** Reads a format. */
  static HexdumpFormat parse(String format) throws Failure {
    List<Unit> units = new ArrayList<>();
    Matcher matcher = UNIT.matcher(format);
    int at = 0;
    while (at < format.length()) {
      if (!matcher.find(at) || matcher.start() != at) {
        throw new Failure("bad format {" + format + "}");
      }
      boolean counted = matcher.group(1) != null;
      int times = counted ? Integer.parseInt(matcher.group(1)) : 1;
      int bytes = matcher.group(2) == null ? 0 : Integer.parseInt(matcher.group(2));
      units.add(new Unit(times, counted, pieces(matcher.group(3), bytes)));
      at = matcher.end();
    }
    return new HexdumpFormat(units);
  }

  private static List<Piece> pieces(String written, int bytes) throws Failure {
    String text =
        Text.decode(
            Escapes.of(written.getBytes(StandardCharsets.UTF_8), Escapes.Octal.PLAIN).bytes());
    FieldFormat none = new FieldFormat("", 0, -1);
    List<Piece> pieces = new ArrayList<>();
    Matcher matcher = CONVERSION.matcher(text);
    int at = 0;
    while (matcher.find()) {
      String before = text.substring(at, matcher.start());
      int width = matcher.group(2) == null ? 0 : Integer.parseInt(matcher.group(2));
      int precision = matcher.group(3) == null ? -1 : Integer.parseInt(matcher.group(3));
      String conversion = matcher.group(4);
      int taken = bytes(conversion, bytes, precision);
      if (taken < 0) {
        throw new Failure("bad conversion character %" + conversion);
      }
      FieldFormat field = new FieldFormat(matcher.group(1), width, precision);
      pieces.add(new Piece(before, field, conversion, taken));
      at = matcher.end();
    }
    if (at < text.length()) {
      pieces.add(new Piece(text.substring(at), none, "", 0));
    }
    return pieces;
  }

  /** How many bytes a conversion takes; -1 if there is none of that name or size. */
  private static int bytes(String conversion, int given, int precision) {
    return switch (conversion) {
      case "_ad", "_ao", "_ax" -> 0;
      case "c", "_c", "_p", "_u" -> given <= 1 ? 1 : -1;
      case "d", "i", "o", "u", "x", "X" ->
          switch (given) {
            case 0 -> USUAL_BYTES;
            case 1, 2, 4 -> given;
            default -> -1;
          };
      case "s" -> given > 0 ? given : precision;
      default -> -1;
    };
  }

  /** How many bytes it takes at least. */
  int size() {
    return units.stream().mapToInt(unit -> unit.times() * unit.bytes()).sum();
  }

  /**
   * Prints a block; the last unit is repeated while bytes of the block are left.
   *
   * @param count how many of the block's bytes there are; blanks stand for the others
   */
  String print(long offset, byte[] block, int count) {
    StringBuilder out = new StringBuilder();
    int at = 0;
    for (int i = 0; i < units.size(); i++) {
      Unit unit = units.get(i);
      int times = unit.times();
      boolean grows = i == units.size() - 1 && !unit.counted() && unit.bytes() > 0;
      if (grows) {
        times += (block.length - size()) / unit.bytes();
      }
      for (int turn = 1; turn <= times; turn++) {
        for (int j = 0; j < unit.pieces().size(); j++) {
          Piece piece = unit.pieces().get(j);
          boolean last = times > 1 && turn == times && j == unit.pieces().size() - 1;
          out.append(last && piece.bytes() == 0 ? piece.text().stripTrailing() : piece.text());
          if (!piece.conversion().isEmpty()) {
            out.append(value(piece, offset + at, block, at, count));
          }
          at += piece.bytes();
        }
      }
    }
    return out.toString();
  }

  private static String value(Piece piece, long address, byte[] block, int at, int count) {
    FieldFormat field = piece.field();
    if (piece.bytes() > 0 && at >= count) {
      return " ".repeat(field.width());
    }
    return switch (piece.conversion()) {
      case "_ad", "_ao", "_ax" ->
          field.integer(piece.conversion().charAt(2), BigInteger.valueOf(address));
      case "d", "i", "o", "u", "x", "X" -> number(piece, block, at);
      case "c" -> text(field, new byte[] {block[at]});
      case "_p" -> text(field, Text.encode(Hexdump.printable(new byte[] {block[at]}, 1)));
      case "_c" -> text(field, Text.encode(new DumpFormat('c', 1, 0).text(block, at)));
      case "_u" -> text(field, Text.encode(name(block[at] & 0xff)));
      default -> text(field, Arrays.copyOfRange(block, at, Math.min(at + piece.bytes(), count)));
    };
  }

  private static String text(FieldFormat field, byte[] bytes) {
    return Text.decode(field.text(bytes));
  }

  private static String number(Piece piece, byte[] block, int at) {
    long value = 0;
    for (int i = piece.bytes() - 1; i >= 0; i--) {
      value = value << 8 | (block[at + i] & 0xff);
    }
    char letter = piece.conversion().charAt(0);
    boolean signed = (letter == 'd' || letter == 'i') && piece.bytes() > 1;
    int unused = Long.SIZE - piece.bytes() * Byte.SIZE;
    long number = signed ? value << unused >> unused : value;
    return piece.field().integer(letter, BigInteger.valueOf(number));
  }

  /** The name of a control character, or the character, or its number. */
  private static String name(int value) {
    if (value == ' ') {
      return " ";
    }
    return value < 0x7f
        ? new DumpFormat('a', 1, 0).text(new byte[] {(byte) value}, 0).replaceFirst("^nl$", "lf")
        : value == 0x7f ? "del" : String.format(Locale.ROOT, "%02x", value);
  }
}
