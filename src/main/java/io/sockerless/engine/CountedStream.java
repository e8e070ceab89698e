package io.sockerless.engine;

import io.sockerless.wire.Headers;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.atomic.LongAdder;

/** A stream whose bytes are counted each way, and whose end is told. */
final class CountedStream implements HijackedStream {

  private final HijackedStream stream;
  private final InputStream output;
  private final OutputStream input;
  private final Runnable ended;

  CountedStream(HijackedStream stream, LongAdder bytesIn, LongAdder bytesOut, Runnable ended) {
    this.stream = stream;
    this.output = new CountedInput(stream.output(), bytesOut);
    this.input = new CountedOutput(stream.input(), bytesIn);
    this.ended = ended;
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
    try {
      stream.close();
    } finally {
      ended.run();
    }
  }
}
