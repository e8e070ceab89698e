package io.sockerless.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import org.junit.jupiter.api.Test;

class InputTest {

  @Test
  void whatAPeerSendsInSmallPiecesIsReadInLargerOnes() throws IOException {
    SteadySender sender = new SteadySender();
    long received = Copy.all(new Input(sender), OutputStream.nullOutputStream());
    assertThat(received).isEqualTo(SteadySender.ALL);
    assertThat(sender.reads).isLessThan(SteadySender.PIECES * 2 / 3);
  }

  /** Has another piece ready every few microseconds, whether anybody reads or not. */
  private static final class SteadySender implements Transport {
    static final int PIECES = 4_000;
    static final long ALL = PIECES * 8192L;
    private static final long INTERVAL_NANOS = 15_000;

    private final long start = System.nanoTime();
    private long taken;
    private int reads;

    @Override
    public int read(byte[] bytes, int offset, int length) {
      if (taken == ALL) {
        return -1;
      }
      long ready = ready();
      while (ready <= taken) {
        Thread.onSpinWait();
        ready = ready();
      }
      int count = (int) Math.min(length, ready - taken);
      taken += count;
      reads++;
      return count;
    }

    private long ready() {
      return Math.min(PIECES, (System.nanoTime() - start) / INTERVAL_NANOS) * (ALL / PIECES);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {}

    @Override
    public void shutdownOutput() {}

    @Override
    public boolean isStale() {
      return false;
    }

    @Override
    public void close() {}
  }
}
