package io.sockerless.backend.memory.utility.awk;

/** The decimal number that text begins with. */
final class NumberPrefix {

  private NumberPrefix() {}

  /** Where the number ends; 0 if there is none. */
  static int end(String text) {
    int i = 0;
    while (i < text.length() && Character.isWhitespace(text.charAt(i))) {
      i++;
    }
    if (i < text.length() && (text.charAt(i) == '-' || text.charAt(i) == '+')) {
      i++;
    }
    int digits = i;
    i = skipDigits(text, i);
    int count = i - digits;
    if (i < text.length() && text.charAt(i) == '.') {
      int fraction = skipDigits(text, i + 1);
      count += fraction - i - 1;
      i = fraction;
    }
    if (count == 0) {
      return 0;
    }
    if (i < text.length() && (text.charAt(i) == 'e' || text.charAt(i) == 'E')) {
      int exponent = i + 1;
      if (exponent < text.length() && "+-".indexOf(text.charAt(exponent)) >= 0) {
        exponent++;
      }
      int after = skipDigits(text, exponent);
      i = after > exponent ? after : i;
    }
    return i;
  }

  private static int skipDigits(String text, int from) {
    int i = from;
    while (i < text.length() && text.charAt(i) >= '0' && text.charAt(i) <= '9') {
      i++;
    }
    return i;
  }

  /** The number; 0 if there is none. */
  static double parse(String text) {
    int end = end(text);
    return end == 0 ? 0 : Double.parseDouble(text.substring(0, end).strip());
  }
}
