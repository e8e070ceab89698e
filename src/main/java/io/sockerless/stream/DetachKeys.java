package io.sockerless.stream;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Optional;

/**
 * The keys that end a terminal's session without ending what runs in it, and the search for them in
 * what is typed. What may still become the sequence is held back until it is clear, so that the
 * process never sees a part of it.
 *
 * <p>Not safe for several threads: one instance belongs to one session's input.
 */
public final class DetachKeys {

  /** Docker's own: {@code ctrl-p,ctrl-q}. */
  public static final String DEFAULT = "ctrl-p,ctrl-q";

  private final byte[] sequence;
  private int matched;

  private DetachKeys(byte[] sequence) {
    this.sequence = sequence;
  }

  /**
   * Reads a list such as {@code ctrl-p,ctrl-q} or {@code a,ctrl-@}; an empty one is the default.
   *
   * @throws IllegalArgumentException with Docker's words for a key that there is not
   */
  public static DetachKeys parse(String keys) {
    String given = keys.isEmpty() ? DEFAULT : keys;
    ByteArrayOutputStream sequence = new ByteArrayOutputStream();
    for (String key : given.split(",", -1)) {
      sequence.write(code(key));
    }
    return new DetachKeys(sequence.toByteArray());
  }

  private static int code(String key) {
    if (key.length() == 1 && key.charAt(0) < 128) {
      return key.charAt(0);
    }
    if (key.length() == 6 && key.startsWith("ctrl-")) {
      char letter = key.charAt(5);
      if (letter >= 'a' && letter <= 'z') {
        return letter - 'a' + 1;
      }
      int special = "@[\\]^_".indexOf(letter);
      if (special >= 0) {
        return special == 0 ? 0 : 26 + special;
      }
    }
    throw new IllegalArgumentException("Unknown character: '" + key + "'");
  }

  /**
   * Takes what was typed.
   *
   * @return what goes to the process, or empty if the sequence is complete: the session is over
   */
  public Optional<byte[]> filter(byte[] typed, int offset, int length) {
    ByteArrayOutputStream passed = new ByteArrayOutputStream(length + sequence.length);
    for (int i = offset; i < offset + length; i++) {
      while (matched > 0 && typed[i] != sequence[matched]) {
        release(passed);
      }
      if (typed[i] != sequence[matched]) {
        passed.write(typed[i]);
      } else if (++matched == sequence.length) {
        matched = 0;
        return Optional.empty();
      }
    }
    return Optional.of(passed.toByteArray());
  }

  /** Gives up the longest part of what is held back that cannot begin the sequence any more. */
  private void release(ByteArrayOutputStream passed) {
    for (int keep = matched - 1; keep >= 0; keep--) {
      int drop = matched - keep;
      if (Arrays.equals(sequence, drop, matched, sequence, 0, keep)) {
        passed.write(sequence, 0, drop);
        matched = keep;
        return;
      }
    }
  }
}
