package io.sockerless.backend.memory.utility.text;

import java.nio.charset.StandardCharsets;

/**
 * The decimal number that a text begins with, of any length; one without digits counts as 0.
 *
 * @param whole without leading zeros
 * @param fraction without trailing zeros
 * @param unit 0, or what K, M, G and so on stand for as a power
 */
record DecimalText(boolean negative, String whole, String fraction, int unit)
    implements Comparable<DecimalText> {

  /** Reads one; blanks before it are skipped. */
  static DecimalText of(byte[] line, int start, int end) {
    int position = start;
    while (position < end && (line[position] == ' ' || line[position] == '\t')) {
      position++;
    }
    boolean minus = position < end && line[position] == '-';
    position += minus ? 1 : 0;
    int first = position;
    position = skipDigits(line, position, end);
    String whole = text(line, first, position).replaceFirst("^0+", "");
    String fraction = "";
    if (position < end && line[position] == '.') {
      first = ++position;
      position = skipDigits(line, position, end);
      fraction = text(line, first, position).replaceFirst("0+$", "");
    }
    int unit =
        position < end ? "kMGTPEZY".indexOf(line[position] == 'K' ? 'k' : line[position]) + 1 : 0;
    return new DecimalText(minus, whole, fraction, unit);
  }

  private static int skipDigits(byte[] line, int from, int end) {
    int position = from;
    while (position < end && line[position] >= '0' && line[position] <= '9') {
      position++;
    }
    return position;
  }

  private static String text(byte[] line, int start, int end) {
    return new String(line, start, end - start, StandardCharsets.US_ASCII);
  }

  private int sign() {
    if (whole.isEmpty() && fraction.isEmpty()) {
      return 0;
    }
    return negative ? -1 : 1;
  }

  /** By the unit first and then by the number, as {@code sort -h} does. */
  int compareWithUnit(DecimalText other) {
    if (sign() != other.sign() || sign() == 0 || unit == other.unit) {
      return compareTo(other);
    }
    int order = Integer.compare(unit, other.unit);
    return negative ? Integer.compare(0, order) : order;
  }

  @Override
  public int compareTo(DecimalText other) {
    int order = Integer.compare(sign(), other.sign());
    if (order != 0) {
      return order;
    }
    int magnitude = Integer.compare(whole.length(), other.whole.length());
    if (magnitude == 0) {
      magnitude = whole.compareTo(other.whole);
    }
    if (magnitude == 0) {
      magnitude = fraction.compareTo(other.fraction);
    }
    return negative ? Integer.compare(0, magnitude) : magnitude;
  }
}
