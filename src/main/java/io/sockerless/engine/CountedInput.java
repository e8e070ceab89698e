package io.sockerless.engine;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.atomic.LongAdder;

/** Counts what is read. */
final class CountedInput extends FilterInputStream {

  private final LongAdder bytes;

  CountedInput(InputStream input, LongAdder bytes) {
    super(input);
    this.bytes = bytes;
  }

  @Override
  public int read() throws IOException {
    int value = super.read();
    if (value >= 0) {
      bytes.increment();
    }
    return value;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int count = super.read(buffer, offset, length);
    if (count > 0) {
      bytes.add(count);
    }
    return count;
  }
}
