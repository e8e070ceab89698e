package io.sockerless.engine;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.atomic.LongAdder;

/** Counts what is written, and hands it on in the same pieces. */
final class CountedOutput extends FilterOutputStream {

  private final LongAdder bytes;

  CountedOutput(OutputStream output, LongAdder bytes) {
    super(output);
    this.bytes = bytes;
  }

  @Override
  public void write(int b) throws IOException {
    out.write(b);
    bytes.increment();
  }

  @Override
  public void write(byte[] buffer, int offset, int length) throws IOException {
    out.write(buffer, offset, length);
    bytes.add(length);
  }
}
