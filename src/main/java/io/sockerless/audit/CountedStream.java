package io.sockerless.audit;

import io.sockerless.engine.HijackedStream;
import io.sockerless.wire.Headers;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.atomic.AtomicBoolean;

/** A stream whose bytes are counted both ways, and whose end is noticed. */
final class CountedStream implements HijackedStream {

  private final HijackedStream stream;
  private final InputStream output;
  private final OutputStream input;
  private final Runnable ended;
  private final AtomicBoolean closed = new AtomicBoolean();

  CountedStream(HijackedStream stream, AuditEntry entry, Runnable ended) {
    this.stream = stream;
    this.output = new CountedInput(stream.output(), entry.bytesOut());
    this.input = new CountedOutput(stream.input(), entry.bytesIn());
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
    stream.close();
    if (closed.compareAndSet(false, true)) {
      ended.run();
    }
  }
}
