package io.sockerless.backend.memory.utility.text;

import java.math.BigInteger;

/** The order of versions: runs of digits as numbers, everything else as text. */
final class VersionOrder {

  private VersionOrder() {}

  static int compare(String a, String b) {
    int i = 0;
    int j = 0;
    while (i < a.length() && j < b.length()) {
      boolean digits = isDigit(a.charAt(i)) && isDigit(b.charAt(j));
      if (!digits) {
        if (a.charAt(i) != b.charAt(j)) {
          return Character.compare(a.charAt(i), b.charAt(j));
        }
        i++;
        j++;
        continue;
      }
      int aEnd = digitsEnd(a, i);
      int bEnd = digitsEnd(b, j);
      int order =
          new BigInteger(a.substring(i, aEnd)).compareTo(new BigInteger(b.substring(j, bEnd)));
      if (order != 0) {
        return order;
      }
      i = aEnd;
      j = bEnd;
    }
    return Integer.compare(a.length() - i, b.length() - j);
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static int digitsEnd(String text, int from) {
    int end = from;
    while (end < text.length() && isDigit(text.charAt(end))) {
      end++;
    }
    return end;
  }
}
