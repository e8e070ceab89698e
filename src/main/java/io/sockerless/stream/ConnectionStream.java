package io.sockerless.stream;

import io.sockerless.engine.HijackedStream;
import io.sockerless.wire.BodyInput;
import io.sockerless.wire.Connection;
import io.sockerless.wire.Headers;
import io.sockerless.wire.ProtocolException;
import io.sockerless.wire.ResponseHead;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * A hijacked stream that a server behind us carries: its head and its connection, as they are.
 *
 * <p>Where the server did not hijack but gave a plain answer with a framing, the stream is that
 * answer's body and takes no input: whatever the client goes on to send would reach the server as
 * requests that nobody here has read.
 */
public final class ConnectionStream implements HijackedStream {

  private final ResponseHead head;
  private final Connection connection;
  private final InputStream output;
  private final boolean hijacked;

  /**
   * Takes over a connection behind the head that came on it.
   *
   * @throws ProtocolException if the head's framing could be read in more than one way
   */
  public ConnectionStream(ResponseHead head, Connection connection) throws ProtocolException {
    this.head = head;
    this.connection = connection;
    this.hijacked =
        head.status() == 101
            || (head.headers().first("Content-Length").isEmpty()
                && head.headers().first("Transfer-Encoding").isEmpty());
    this.output =
        hijacked ? connection.input() : BodyInput.ofResponse("POST", head, connection.input());
  }

  @Override
  public int status() {
    return head.status();
  }

  @Override
  public String reason() {
    return head.reason();
  }

  @Override
  public Headers headers() {
    return hijacked
        ? head.headers()
        : head.headers()
            .without("Transfer-Encoding")
            .without("Connection")
            .and("Connection", "close");
  }

  @Override
  public InputStream output() {
    return output;
  }

  @Override
  public OutputStream input() {
    return hijacked ? connection.output() : OutputStream.nullOutputStream();
  }

  @Override
  public void closeInput() throws IOException {
    if (hijacked) {
      connection.shutdownOutput();
    }
  }

  @Override
  public void idle() {
    connection.input().release();
  }

  @Override
  public void close() {
    connection.close();
  }
}
