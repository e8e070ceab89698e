package io.sockerless.backend.memory.utility.net;

import io.sockerless.backend.memory.kernel.FileInput;
import io.sockerless.backend.memory.kernel.FileOutput;
import io.sockerless.backend.memory.kernel.NetworkStack;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** A socket of the sandbox as the Java library knows sockets, so that TLS can lie over it. */
final class SandboxSocket extends java.net.Socket {

  private final NetworkStack.Socket socket;
  private boolean closed;

  SandboxSocket(NetworkStack.Socket socket) {
    this.socket = socket;
  }

  @Override
  public InputStream getInputStream() {
    return new FileInput(socket.file());
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
    // Whoever waits too long is ended by a signal.
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
}
