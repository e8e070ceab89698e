package io.sockerless.backend.memory.network;

import io.sockerless.backend.memory.kernel.NetworkStack;
import io.sockerless.backend.memory.kernel.Pipe;
import java.io.IOException;
import java.io.UncheckedIOException;

/** One end of a connection. */
record StreamSocket(
    DuplexFile file, String localAddress, int localPort, String peerAddress, int peerPort)
    implements NetworkStack.Socket {

  /** Both ends of a new connection. */
  record Pair(StreamSocket near, StreamSocket far) {}

  static Pair pair(
      Traffic near, String address, int port, Traffic far, String peerAddress, int peerPort) {
    Pipe there = new Pipe();
    Pipe back = new Pipe();
    return new Pair(
        new StreamSocket(
            new DuplexFile(back.reader(), there.writer(), near),
            address,
            port,
            peerAddress,
            peerPort),
        new StreamSocket(
            new DuplexFile(there.reader(), back.writer(), far),
            peerAddress,
            peerPort,
            address,
            port));
  }

  @Override
  public void shutdownOutput() throws IOException {
    file.shutdownOutput();
  }

  /** Ends both directions. */
  void abandon() {
    try {
      file.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
