package io.sockerless.metrics;

import io.sockerless.engine.HijackedStream;
import io.sockerless.wire.Headers;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;

/** Counts a stream for as long as it is open, and the bytes that go through it. */
final class CountedStream implements HijackedStream {

  private final HijackedStream stream;
  private final LongAdder open;
  private final InputStream output;
  private final OutputStream input;
  private final AtomicBoolean closed = new AtomicBoolean();

  CountedStream(HijackedStream stream, LongAdder open, LongAdder bytesIn, LongAdder bytesOut) {
    this.stream = stream;
    this.open = open;
    this.output = new CountedInput(stream.output(), bytesOut);
    this.input = new CountedOutput(stream.input(), bytesIn);
    open.increment();
  }

  @Override
  public int status() {
    return stream.status();
  }

  @Override
  public String reason() {
    return stream.reason();
  }

  @Override
  public Headers headers() {
    return stream.headers();
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
  public void closeInput() throws IOException {
    stream.closeInput();
  }

  @Override
  public void idle() {
    stream.idle();
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      open.decrement();
    }
    stream.close();
  }
}
