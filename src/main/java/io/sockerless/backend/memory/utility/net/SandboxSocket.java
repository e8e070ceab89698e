package io.sockerless.backend.memory.utility.net;

import io.sockerless.backend.memory.fs.Errno;
import io.sockerless.backend.memory.kernel.FileInput;
import io.sockerless.backend.memory.kernel.FileOutput;
import io.sockerless.backend.memory.kernel.NetworkStack;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.function.LongSupplier;

/** A socket of the sandbox as the Java library knows sockets, so that TLS can lie over it. */
final class SandboxSocket extends Socket {

  private final NetworkStack.Socket socket;
  private final LongSupplier patience;
  private boolean closed;

  /**
   * Lies over this one.
   *
   * @param patience how long the next read may wait, in nanoseconds
   */
  SandboxSocket(NetworkStack.Socket socket, LongSupplier patience) {
    this.socket = socket;
    this.patience = patience;
  }

  @Override
  public InputStream getInputStream() {
    return new PatientInput();
  }

  @Override
  public OutputStream getOutputStream() {
    return new FileOutput(socket.file());
  }

  @Override
  public boolean isConnected() {
    return true;
  }

  @Override
  public boolean isBound() {
    return true;
  }

  @Override
  public boolean isClosed() {
    return closed;
  }

  @Override
  public int getPort() {
    return socket.peerPort();
  }

  @Override
  public void setSoTimeout(int timeout) {
    // How long a read waits is told when the socket is made.
  }

  @Override
  public void setTcpNoDelay(boolean on) {
    // Nothing is delayed in the sandbox.
  }

  @Override
  public void shutdownOutput() throws IOException {
    socket.shutdownOutput();
  }

  @Override
  public void shutdownInput() {
    // The other side is not told in TCP either.
  }

  @Override
  public void close() throws IOException {
    if (!closed) {
      closed = true;
      socket.file().close();
    }
  }

  /** Reads that end in {@code ETIMEDOUT} when patience does. */
  private final class PatientInput extends InputStream {
    private final InputStream input = new FileInput(socket.file());

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      if (!socket.file().awaitReadable(Math.max(0, patience.getAsLong()))) {
        throw Errno.ETIMEDOUT.exception();
      }
      return input.read(bytes, offset, length);
    }
  }
}
