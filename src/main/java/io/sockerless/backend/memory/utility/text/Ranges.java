package io.sockerless.backend.memory.utility.text;

import io.sockerless.backend.memory.utility.Failure;
import io.sockerless.backend.memory.utility.Numbers;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A list of positions as {@code cut} takes it: {@code 1,3-5,7-}.
 *
 * @param all from 1 on, sorted
 */
record Ranges(List<Range> all) {

  /**
   * From one position to another, both included.
   *
   * @param last {@link Integer#MAX_VALUE} if it is open
   */
  record Range(int first, int last) {}

  /** Reads a list. */
  static Ranges parse(String text) throws Failure {
    List<Range> ranges = new ArrayList<>();
    for (String part : text.split("[, \t]+", -1)) {
      if (!part.matches("[0-9]+(-[0-9]*)?|-[0-9]+")) {
        throw new Failure("invalid number '" + part + "'");
      }
      int dash = part.indexOf('-');
      int first = number(dash < 0 ? part : part.substring(0, dash), 1);
      int last = dash < 0 ? first : number(part.substring(dash + 1), Integer.MAX_VALUE);
      if (first == 0 || last == 0) {
        throw new Failure("invalid range " + part + "-" + part);
      }
      if (last < first) {
        throw new Failure("invalid range " + part);
      }
      ranges.add(new Range(first, last));
    }
    ranges.sort(Comparator.comparingInt(Range::first));
    return new Ranges(List.copyOf(ranges));
  }

  private static int number(String digits, int otherwise) throws Failure {
    return digits.isEmpty() ? otherwise : Numbers.integer(digits, 0, Integer.MAX_VALUE);
  }

  /** Whether a position is in the list. */
  boolean contains(int position) {
    for (Range range : all) {
      if (position >= range.first() && position <= range.last()) {
        return true;
      }
    }
    return false;
  }
}
