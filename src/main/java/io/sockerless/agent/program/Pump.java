package io.sockerless.agent.program;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Copies streams on threads of their own. */
final class Pump {

  private static final int PIECE = 64 * 1024;

  /** Enough for streams that say little, of which there may be thousands. */
  private static final int FIRST_PIECE = 2 * 1024;

  private Pump() {}

  /** Copies a process's output; when nobody takes it any more it is still read, to let it go on. */
  static Thread output(InputStream from, OutputStream to) {
    return Thread.ofVirtual().name("output").start(() -> copyAll(from, to));
  }

  private static void copyAll(InputStream from, OutputStream to) {
    byte[] piece = new byte[FIRST_PIECE];
    boolean wanted = true;
    try {
      int count;
      while ((count = from.read(piece)) >= 0) {
        if (wanted) {
          wanted = write(to, piece, count);
        }
        piece = forMore(piece, count);
      }
    } catch (IOException e) {
      // It has ended, if badly.
    }
  }

  /** A stream that fills its piece gets one that large transfers want. */
  private static byte[] forMore(byte[] piece, int filled) {
    return filled == piece.length && piece.length < PIECE ? new byte[PIECE] : piece;
  }

  private static boolean write(OutputStream to, byte[] piece, int count) {
    try {
      to.write(piece, 0, count);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** Copies to a process's input, and ends it. */
  static void input(InputStream from, OutputStream to) {
    Thread.ofVirtual()
        .name("input")
        .start(() -> {
          try (to) {
            byte[] piece = new byte[FIRST_PIECE];
            int count;
            while ((count = from.read(piece)) >= 0) {
              to.write(piece, 0, count);
              piece = forMore(piece, count);
              if (from.available() == 0) {
                to.flush();
              }
            }
          } catch (IOException e) {
            discard(from);
          }
        });
  }

  /** The process does not read any more: what still comes is thrown away. */
  private static void discard(InputStream from) {
    try {
      from.close();
    } catch (IOException e) {
      // It was closed.
    }
  }
}
