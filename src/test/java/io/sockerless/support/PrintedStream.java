package io.sockerless.support;

import io.sockerless.engine.HijackedStream;
import io.sockerless.wire.Headers;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** The stream of a command that has printed something and ended by the time that anybody looks. */
public final class PrintedStream implements HijackedStream {

  private final InputStream output;

  /** What it has printed. */
  public PrintedStream(String text) {
    output = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public int status() {
    return 101;
  }

  @Override
  public String reason() {
    return "UPGRADED";
  }

  @Override
  public Headers headers() {
    return Headers.empty();
  }

  @Override
  public InputStream output() {
    return output;
  }

  @Override
  public OutputStream input() {
    return OutputStream.nullOutputStream();
  }

  @Override
  public void closeInput() {
    // It reads nothing.
  }

  @Override
  public void close() {
    // It has ended.
  }
}
