package io.sockerless.stream;

import io.sockerless.engine.HijackedStream;
import io.sockerless.wire.Headers;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** A hijacked stream whose client gets other header fields than those that came with it. */
public record StreamWithHeaders(HijackedStream stream, Headers headers) implements HijackedStream {

  @Override
  public int status() {
    return stream.status();
  }

  @Override
  public String reason() {
    return stream.reason();
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
