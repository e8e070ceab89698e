package io.sockerless.backend.memory.utility.diff;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One part of a unified diff.
 *
 * @param start the first line of the old side, from 1 on; 0 if it has none
 * @param lines with their signs
 * @param oldComplete whether the old side's last line has its newline
 */
record Hunk(int start, List<byte[]> lines, boolean oldComplete, boolean newComplete) {

  /** The lines of one side: those with its sign, and those without any. */
  List<byte[]> side(char sign) {
    List<byte[]> side = new ArrayList<>();
    for (byte[] line : lines) {
      if (line[0] == ' ' || line[0] == sign) {
        side.add(Arrays.copyOfRange(line, 1, line.length));
      }
    }
    return side;
  }

  /** The hunk that undoes this one. */
  Hunk reversed() {
    List<byte[]> swapped = new ArrayList<>();
    for (byte[] line : lines) {
      byte[] copy = line.clone();
      copy[0] = (byte) (line[0] == '-' ? '+' : line[0] == '+' ? '-' : ' ');
      swapped.add(copy);
    }
    return new Hunk(start, swapped, newComplete, oldComplete);
  }
}
