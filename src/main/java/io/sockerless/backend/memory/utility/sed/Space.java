package io.sockerless.backend.memory.utility.sed;

import io.sockerless.backend.memory.utility.Charge;
import java.util.Arrays;

/**
 * The pattern space or the hold space: bytes that lines are appended to, paid for if they are many.
 */
final class Space {

  private static final int FREE = 65_536;

  private final Charge charge;
  private byte[] bytes = new byte[0];
  private int length;
  private int charged;

  Space(Charge charge) {
    this.charge = charge;
  }

  /** The bytes, of which only the first {@link #length} count. */
  byte[] bytes() {
    return bytes;
  }

  int length() {
    return length;
  }

  byte[] toArray() {
    return bytes.length == length ? bytes : Arrays.copyOf(bytes, length);
  }

  /** Takes over an array. */
  void set(byte[] content) {
    bytes = content;
    length = content.length;
    account();
  }

  /** Appends a separator and a line. */
  void append(int separator, byte[] line, int lineLength) {
    int needed = Math.addExact(Math.addExact(length, 1), lineLength);
    if (needed > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(needed, (int) Math.min(2L * length, 1 << 30)));
      account();
    }
    bytes[length] = (byte) separator;
    System.arraycopy(line, 0, bytes, length + 1, lineLength);
    length = needed;
  }

  private void account() {
    int size = bytes.length > FREE ? bytes.length : 0;
    charge.add((long) size - charged);
    charged = size;
  }

  /** Where the first byte of a value lies, -1 if there is none. */
  int indexOf(int value) {
    for (int i = 0; i < length; i++) {
      if (bytes[i] == value) {
        return i;
      }
    }
    return -1;
  }
}
