package io.sockerless.agent.protocol;

import java.util.Arrays;

/**
 * A part of an array that nobody changes any more: what a frame carries need not be copied out of
 * it. Compared by content.
 */
@SuppressWarnings("ArrayRecordComponent")
public record Bytes(byte[] array, int offset, int length) {

  /** All of an array. */
  public static Bytes of(byte[] array) {
    return new Bytes(array, 0, array.length);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Bytes(byte[] theirs, int from, int count)
        && Arrays.equals(array, offset, offset + length, theirs, from, from + count);
  }

  @Override
  public int hashCode() {
    int hash = 1;
    for (int i = offset; i < offset + length; i++) {
      hash = 31 * hash + array[i];
    }
    return hash;
  }

  @Override
  public String toString() {
    return length + " bytes";
  }
}
