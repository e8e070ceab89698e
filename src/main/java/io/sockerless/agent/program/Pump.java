package io.sockerless.agent.program;

import io.sockerless.agent.protocol.Bytes;
import io.sockerless.agent.protocol.OutboundStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.CompletableFuture;

/** Copies streams on threads of their own. */
final class Pump {

  private static final int PIECE = 64 * 1024;

  /** Enough for streams that say little, of which there may be thousands. */
  private static final int FIRST_PIECE = 2 * 1024;

  private Pump() {}

  /**
   * Copies a process's output; when nobody takes it any more it is still read, to let it go on.
   *
   * @return completes at its end
   */
  static CompletableFuture<Void> output(InputStream from, OutboundStream to) {
    Output output = new Output(from, to);
    Thread.ofVirtual().name("output").start(output);
    return output.ended;
  }

  /** An output on its way, which begins on a thread that costs little. */
  private static final class Output implements Runnable {
    final CompletableFuture<Void> ended = new CompletableFuture<>();
    private final InputStream from;
    private final OutboundStream to;
    private byte[] piece = new byte[FIRST_PIECE];
    private boolean wanted = true;

    Output(InputStream from, OutboundStream to) {
      this.from = from;
      this.to = to;
    }

    @Override
    public void run() {
      boolean goesOn = false;
      try {
        goesOn = copy();
      } catch (IOException e) {
        // It has ended, if badly.
      } finally {
        if (!goesOn) {
          ended.complete(null);
        }
      }
      if (goesOn) {
        Thread.ofPlatform().daemon().name("agent-output").start(this);
      }
    }

    /** True for one that has much to say: it is worth a thread that may write to the connection. */
    private boolean copy() throws IOException {
      int count;
      while ((count = from.read(piece)) >= 0) {
        if (wanted) {
          wanted = write(count);
        }
        piece = forMore(piece, count);
        if (count == PIECE && Thread.currentThread().isVirtual()) {
          return true;
        }
      }
      return false;
    }

    /** What is mostly filled goes as it is, and another one is taken in its place. */
    private boolean write(int count) {
      try {
        if (count > PIECE / 2) {
          Bytes whole = new Bytes(piece, 0, count);
          piece = new byte[PIECE];
          to.give(whole);
        } else {
          to.write(piece, 0, count);
        }
        return true;
      } catch (IOException e) {
        return false;
      }
    }
  }

  /** A stream that fills its piece gets one that large transfers want. */
  private static byte[] forMore(byte[] piece, int filled) {
    return filled == piece.length && piece.length < PIECE ? new byte[PIECE] : piece;
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
