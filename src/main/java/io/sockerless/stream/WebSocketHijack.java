package io.sockerless.stream;

import io.sockerless.engine.HijackedStream;
import io.sockerless.wire.Headers;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;

/** A connection that was handed over to be a WebSocket: its head, and what goes to the client. */
abstract class WebSocketHijack implements HijackedStream {

  private final Headers headers;
  private final BytePipe pipe;

  /**
   * Answers a handshake with these fields.
   *
   * @param capacity how many bytes may wait for a client that reads slowly
   */
  WebSocketHijack(Headers headers, int capacity) {
    this.headers = headers;
    this.pipe = new BytePipe(capacity);
  }

  /** Where frames go; to close it is the end of the output. */
  final OutputStream frames() {
    return pipe.output();
  }

  /** Sends one frame; blocks while the client does not read. */
  final void send(int kind, byte[] bytes, int length) throws IOException {
    send(WebSocketDecoder.head(kind, length), bytes, 0, length);
  }

  /** The same with a head that has been made. */
  final void send(byte[] head, byte[] bytes, int offset, int length) throws IOException {
    pipe.write(head, bytes, offset, length);
  }

  /** Nobody reads any more. */
  final void abandon() {
    try {
      pipe.input().close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public final int status() {
    return 101;
  }

  @Override
  public final String reason() {
    return "Switching Protocols";
  }

  @Override
  public final Headers headers() {
    return headers;
  }

  @Override
  public final InputStream output() {
    return pipe.input();
  }
}
