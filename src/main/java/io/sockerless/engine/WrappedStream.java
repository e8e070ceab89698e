package io.sockerless.engine;

import io.sockerless.wire.Headers;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Another stream in all that a subclass does not change: what stands between it and its client. */
public abstract class WrappedStream implements HijackedStream {

  private final HijackedStream stream;

  /** Wraps a stream, which is closed with this one. */
  protected WrappedStream(HijackedStream stream) {
    this.stream = stream;
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
    return stream.output();
  }

  @Override
  public OutputStream input() {
    return stream.input();
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
  }
}
