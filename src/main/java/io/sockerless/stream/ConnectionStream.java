package io.sockerless.stream;

import io.sockerless.engine.HijackedStream;
import io.sockerless.wire.Connection;
import io.sockerless.wire.Headers;
import io.sockerless.wire.ResponseHead;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** A hijacked stream that a server behind us carries: its head and its connection, as they are. */
public record ConnectionStream(ResponseHead head, Connection connection) implements HijackedStream {

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
    return head.headers();
  }

  @Override
  public InputStream output() {
    return connection.input();
  }

  @Override
  public OutputStream input() {
    return connection.output();
  }

  @Override
  public void closeInput() throws IOException {
    connection.shutdownOutput();
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
