package io.sockerless.audit;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.atomic.AtomicLong;

/** Counts what is written, piece by piece as it comes. */
final class CountedOutput extends FilterOutputStream {

  private final AtomicLong count;

  CountedOutput(OutputStream stream, AtomicLong count) {
    super(stream);
    this.count = count;
  }

  @Override
  public void write(int b) throws IOException {
    out.write(b);
    count.incrementAndGet();
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    out.write(bytes, offset, length);
    count.addAndGet(length);
  }
}
