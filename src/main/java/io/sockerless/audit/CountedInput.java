package io.sockerless.audit;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicLong;

/** Counts what is read. */
final class CountedInput extends FilterInputStream {

  private final AtomicLong count;

  CountedInput(InputStream stream, AtomicLong count) {
    super(stream);
    this.count = count;
  }

  @Override
  public int read() throws IOException {
    int read = super.read();
    if (read >= 0) {
      count.incrementAndGet();
    }
    return read;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    int read = super.read(target, offset, length);
    if (read > 0) {
      count.addAndGet(read);
    }
    return read;
  }
}
