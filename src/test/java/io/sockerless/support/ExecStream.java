package io.sockerless.support;

import io.sockerless.wire.Connection;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * A command in a container over a connection of its own, without a client's process before it: its
 * input, and its standard output taken out of the frames.
 */
public final class ExecStream implements AutoCloseable {

  private static final int FRAME_HEADER = 8;

  private final String id;
  private final Connection connection;
  private final InputStream output = new Frames();

  private ExecStream(String id, Connection connection) {
    this.id = id;
    this.connection = connection;
  }

  /** Starts a command, a JSON array, and waits until its stream is there. */
  public static ExecStream start(SockerlessServer server, String container, String command)
      throws IOException {
    String id =
        InternalApi.at(server.edgePort())
            .post(
                "containers/" + container + "/exec",
                "{\"AttachStdin\":true,\"AttachStdout\":true,\"AttachStderr\":true,\"Cmd\":"
                    + command
                    + "}")
            .object()
            .getString("Id");
    Connection connection = server.open();
    String head =
        "POST /exec/%s/start HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: Upgrade\r\nUpgrade: tcp\r\n"
            + "Content-Type: application/json\r\nContent-Length: 2\r\n\r\n{}";
    connection.output().write(head.formatted(id).getBytes(StandardCharsets.US_ASCII));
    connection.output().flush();
    int status = connection.input().readResponseHead().status();
    if (status != 101) {
      throw new IOException("the exec was answered " + status);
    }
    return new ExecStream(id, connection);
  }

  /** The exec instance's id. */
  public String id() {
    return id;
  }

  /** Standard input. */
  public OutputStream input() {
    return connection.output();
  }

  /** Ends standard input. */
  public void closeInput() throws IOException {
    connection.shutdownOutput();
  }

  /** Both outputs. */
  public InputStream output() {
    return output;
  }

  @Override
  public void close() {
    connection.close();
  }

  private final class Frames extends InputStream {
    private int left;

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      if (left == 0 && !nextFrame()) {
        return -1;
      }
      int count = connection.input().read(bytes, offset, Math.min(length, left));
      if (count < 0) {
        throw new EOFException("the stream ends inside a frame");
      }
      left -= count;
      return count;
    }

    private boolean nextFrame() throws IOException {
      byte[] header = connection.input().readNBytes(FRAME_HEADER);
      if (header.length == 0) {
        return false;
      }
      if (header.length < FRAME_HEADER) {
        throw new EOFException("the stream ends inside a header");
      }
      left = ByteBuffer.wrap(header).getInt(4);
      return true;
    }
  }
}
