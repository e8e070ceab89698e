package io.sockerless.backend.memory;

import io.sockerless.backend.core.driver.ContainerProcess;
import io.sockerless.backend.memory.kernel.FileInput;
import io.sockerless.backend.memory.kernel.FileOutput;
import io.sockerless.backend.memory.kernel.NetworkStack;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;

/** A sandbox's socket, for a thread of the server. */
record SocketConnection(NetworkStack.Socket socket) implements ContainerProcess.Connection {

  @Override
  public InputStream input() {
    return new FileInput(socket.file());
  }

  @Override
  public OutputStream output() {
    return new FileOutput(socket.file());
  }

  @Override
  public void shutdownOutput() throws IOException {
    socket.shutdownOutput();
  }

  @Override
  public void close() {
    try {
      socket.file().close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
