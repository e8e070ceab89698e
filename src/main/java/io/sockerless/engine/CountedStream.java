package io.sockerless.engine;

import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.atomic.LongAdder;

/** A stream whose bytes are counted each way, and whose end is told. */
final class CountedStream extends WrappedStream {

  private final InputStream output;
  private final OutputStream input;
  private final Runnable ended;

  CountedStream(HijackedStream stream, LongAdder bytesIn, LongAdder bytesOut, Runnable ended) {
    super(stream);
    this.output = new CountedInput(stream.output(), bytesOut);
    this.input = new CountedOutput(stream.input(), bytesIn);
    this.ended = ended;
  }

  @Override
  public InputStream output() {
    return output;
  }

  @Override
  public OutputStream input() {
    return input;
  }

  @Override
  public void close() {
    try {
      super.close();
    } finally {
      ended.run();
    }
  }
}
