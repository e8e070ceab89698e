package io.sockerless.backend.memory.utility.text;

import io.sockerless.backend.memory.utility.Failure;
import io.sockerless.backend.memory.utility.Numbers;
import java.util.Comparator;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A part of lines and how it is compared, as {@code -k} describes it.
 *
 * @param separator of fields; none if a change from blank to non-blank separates them
 * @param lastField 0 for the end of the line
 * @param lastCharacter 0 for the end of the field
 * @param skipBlanksFirst whether characters of the beginning are counted after blanks
 */
record SortKey(
    OptionalInt separator,
    int firstField,
    int firstCharacter,
    int lastField,
    int lastCharacter,
    boolean skipBlanksFirst,
    boolean skipBlanksLast,
    String flags)
    implements Comparator<byte[]> {

  private static final Pattern POSITIONS =
      Pattern.compile(
          "([0-9]+)(?:\\.([0-9]+))?([bdfghiMnrV]*)(?:,([0-9]+)(?:\\.([0-9]+))?([bdfghiMnrV]*))?");

  /** All of a line. */
  static SortKey wholeLine(String flags) {
    boolean blanks = flags.contains("b");
    return new SortKey(OptionalInt.empty(), 1, 1, 0, 0, blanks, blanks, flags);
  }

  /** Reads a key; it has the flags given for all if it has none of its own. */
  static SortKey parse(String text, String global, OptionalInt separator) throws Failure {
    Matcher parts = POSITIONS.matcher(text);
    if (!parts.matches()) {
      throw new Failure(2, "bad field specification");
    }
    int firstField = Numbers.integer(parts.group(1), 0, Integer.MAX_VALUE);
    if (firstField == 0) {
      throw new Failure(2, "bad field specification");
    }
    String startFlags = parts.group(3);
    String endFlags = parts.group(6) == null ? "" : parts.group(6);
    String own = startFlags + endFlags;
    boolean inherits = own.isEmpty();
    return new SortKey(
        separator,
        firstField,
        Math.max(1, number(parts.group(2), 1)),
        number(parts.group(4), 0),
        number(parts.group(5), 0),
        inherits ? global.contains("b") : startFlags.contains("b"),
        inherits ? global.contains("b") : endFlags.contains("b"),
        inherits ? global : own);
  }

  private static int number(@Nullable String digits, int otherwise) throws Failure {
    return digits == null ? otherwise : Numbers.integer(digits, 0, Integer.MAX_VALUE);
  }

  @Override
  public int compare(byte[] a, byte[] b) {
    int aStart = start(a);
    int aEnd = Math.max(aStart, end(a));
    int bStart = start(b);
    int bEnd = Math.max(bStart, end(b));
    int order = KeyOrder.of(flags).compare(flags, a, aStart, aEnd, b, bStart, bEnd);
    return flags.contains("r") ? Integer.compare(0, order) : order;
  }

  private int start(byte[] line) {
    int start = field(line, firstField);
    if (skipBlanksFirst) {
      start = skipBlanks(line, start);
    }
    return (int) Math.min(line.length, (long) start + firstCharacter - 1);
  }

  private int end(byte[] line) {
    if (lastField == 0) {
      return line.length;
    }
    if (lastCharacter == 0) {
      return fieldEnd(line, field(line, lastField));
    }
    int start = field(line, lastField);
    if (skipBlanksLast) {
      start = skipBlanks(line, start);
    }
    return (int) Math.min(line.length, (long) start + lastCharacter);
  }

  private static int skipBlanks(byte[] line, int from) {
    int position = from;
    while (position < line.length && isBlank(line[position])) {
      position++;
    }
    return position;
  }

  private static boolean isBlank(byte value) {
    return value == ' ' || value == '\t';
  }

  private int field(byte[] line, int number) {
    int position = 0;
    for (int field = 1; field < number && position < line.length; field++) {
      position = fieldEnd(line, position);
      if (separator.isPresent() && position < line.length) {
        position++;
      }
    }
    return position;
  }

  private int fieldEnd(byte[] line, int from) {
    int position = from;
    if (separator.isPresent()) {
      while (position < line.length && line[position] != separator.getAsInt()) {
        position++;
      }
      return position;
    }
    position = skipBlanks(line, position);
    while (position < line.length && !isBlank(line[position])) {
      position++;
    }
    return position;
  }
}
