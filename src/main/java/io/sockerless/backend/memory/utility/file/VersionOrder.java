package io.sockerless.backend.memory.utility.file;

import java.util.Comparator;

/**
 * The order of names in which numbers count by their value, and those that begin with a zero as
 * fractions, as {@code strverscmp(3)} has it.
 */
final class VersionOrder implements Comparator<String> {

  static final VersionOrder INSTANCE = new VersionOrder();

  private VersionOrder() {}

  @Override
  public int compare(String left, String right) {
    int i = 0;
    int j = 0;
    while (i < left.length() && j < right.length()) {
      if (isDigit(left.charAt(i)) && isDigit(right.charAt(j))) {
        int leftEnd = end(left, i);
        int rightEnd = end(right, j);
        int order = compareNumbers(left.substring(i, leftEnd), right.substring(j, rightEnd));
        if (order != 0) {
          return order;
        }
        i = leftEnd;
        j = rightEnd;
      } else if (left.charAt(i) != right.charAt(j)) {
        return Character.compare(left.charAt(i), right.charAt(j));
      } else {
        i++;
        j++;
      }
    }
    return Integer.compare(left.length() - i, right.length() - j);
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static int end(String text, int from) {
    int end = from;
    while (end < text.length() && isDigit(text.charAt(end))) {
      end++;
    }
    return end;
  }

  private static int compareNumbers(String left, String right) {
    boolean leftIsFraction = left.charAt(0) == '0';
    boolean rightIsFraction = right.charAt(0) == '0';
    if (leftIsFraction != rightIsFraction) {
      return leftIsFraction ? -1 : 1;
    }
    if (!leftIsFraction && left.length() != right.length()) {
      return left.length() - right.length();
    }
    int order = left.compareTo(right);
    boolean prefix = left.startsWith(right) || right.startsWith(left);
    return prefix ? right.length() - left.length() : order;
  }
}
