package io.sockerless.wire;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;

/**
 * A transport with the buffer that its messages are read from: what an HTTP connection is made of
 * on either side.
 */
public final class Connection implements Closeable {

  private final Transport transport;
  private final Input input;
  private final OutputStream output = new TransportOutput();

  /** Takes over the transport. */
  public Connection(Transport transport) {
    this.transport = transport;
    this.input = new Input(transport);
  }

  /** What the peer sends. */
  public Input input() {
    return input;
  }

  /** Unbuffered: each write is handed to the system before it returns. */
  public OutputStream output() {
    return output;
  }

  /** Ends our direction: the peer reads the end of the stream, and may still write. */
  public void shutdownOutput() throws IOException {
    transport.shutdownOutput();
  }

  /** Whether this idle connection is of no more use; never blocks. */
  public boolean isStale() {
    return input.hasBuffered() || transport.isStale();
  }

  /** Wakes and fails whoever reads or writes. */
  @Override
  public void close() {
    transport.close();
  }

  private final class TransportOutput extends OutputStream {
    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      transport.write(bytes, offset, length);
    }
  }
}
