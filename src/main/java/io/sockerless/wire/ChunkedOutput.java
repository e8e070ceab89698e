package io.sockerless.wire;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Writes each piece as one chunk (RFC 9112, 7.1). */
public final class ChunkedOutput extends OutputStream {

  private static final byte[] LINE_END = {'\r', '\n'};
  private static final byte[] LAST = "0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  private final OutputStream output;

  /** Writes to {@code output}, which should be buffered, and stays open. */
  public ChunkedOutput(OutputStream output) {
    this.output = output;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    if (length == 0) {
      return;
    }
    output.write((Integer.toHexString(length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
    output.write(bytes, offset, length);
    output.write(LINE_END);
  }

  @Override
  public void flush() throws IOException {
    output.flush();
  }

  /** Ends the body; what does not call it leaves the body visibly cut short. */
  public void finish() throws IOException {
    output.write(LAST);
    output.flush();
  }
}
