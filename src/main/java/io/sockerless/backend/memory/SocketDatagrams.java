package io.sockerless.backend.memory;

import io.sockerless.backend.core.driver.ContainerProcess;
import io.sockerless.backend.memory.fs.Errno;
import io.sockerless.backend.memory.fs.PosixException;
import io.sockerless.backend.memory.kernel.NetworkStack;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;

/**
 * A sandbox's datagram socket, connected with a port of the container, for a thread of the server.
 */
record SocketDatagrams(NetworkStack.DatagramSocket socket) implements ContainerProcess.Datagrams {

  @Override
  public void send(byte[] content) throws IOException {
    while (true) {
      try {
        socket.file().write(content, 0, content.length);
        return;
      } catch (PosixException e) {
        // What is told here is that nobody had the port at the last datagram; this one may arrive.
        if (e.errno() != Errno.ECONNREFUSED) {
          throw e;
        }
      }
    }
  }

  @Override
  public Optional<byte[]> receive(Duration patience) throws IOException {
    try {
      return socket.receive(patience.toNanos()).map(NetworkStack.Datagram::content);
    } catch (PosixException e) {
      if (e.errno() == Errno.ECONNREFUSED) {
        return Optional.empty();
      }
      throw e;
    }
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
