package io.sockerless.wire;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;

/** A TLS socket, which the JDK offers as a {@link Socket} alone. */
public final class SocketTransport implements Transport {

  private final Socket socket;
  private final InputStream input;
  private final OutputStream output;

  /** Takes over a connected socket. */
  public SocketTransport(Socket socket) throws IOException {
    this.socket = socket;
    socket.setTcpNoDelay(true);
    KeepAlive.on(socket);
    this.input = socket.getInputStream();
    this.output = socket.getOutputStream();
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    return input.read(bytes, offset, length);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    output.write(bytes, offset, length);
  }

  @Override
  public void shutdownOutput() throws IOException {
    socket.shutdownOutput();
  }

  @Override
  public boolean isStale() {
    try {
      socket.setSoTimeout(1);
      try {
        int ended = input.read(new byte[1]);
        return ended != 0;
      } catch (SocketTimeoutException e) {
        return false;
      } finally {
        socket.setSoTimeout(0);
      }
    } catch (IOException e) {
      return true;
    }
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      // The descriptor is gone either way.
    }
  }
}
