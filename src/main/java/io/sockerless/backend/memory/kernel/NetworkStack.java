package io.sockerless.backend.memory.kernel;

import io.sockerless.backend.memory.fs.OpenFile;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/**
 * What a container's tasks reach and serve: each other by loopback, containers of the same networks
 * by address or name, and the world beyond unless the container has no network.
 */
public interface NetworkStack {

  /**
   * Connects to a port.
   *
   * @param host a name or an IPv4 address
   * @return a stream socket; a write to its {@link Socket#file} goes to the other side
   * @throws io.sockerless.backend.memory.fs.PosixException {@code ECONNREFUSED}, {@code ETIMEDOUT},
   *     {@code ENETUNREACH}
   */
  Socket connect(String host, int port, Duration timeout) throws IOException;

  /**
   * Listens on a port of the container.
   *
   * @param address {@code 0.0.0.0} for all of its own
   * @throws io.sockerless.backend.memory.fs.PosixException {@code EADDRINUSE}
   */
  Listener listen(String address, int port) throws IOException;

  /** The IPv4 addresses of a name, none if nobody knows it. */
  List<String> resolve(String name);

  /** What the container has, {@code lo} first. */
  List<Interface> interfaces();

  /** What is listened on and connected, for {@code /proc/net/tcp} and {@code netstat}. */
  List<Entry> entries();

  /** One interface. */
  record Interface(
      String name,
      String address,
      int prefixLength,
      String macAddress,
      String gateway,
      long bytesReceived,
      long packetsReceived,
      long bytesSent,
      long packetsSent) {}

  /** One socket. */
  record Entry(
      String localAddress, int localPort, String peerAddress, int peerPort, boolean listening) {}

  /** Both directions of a connection. */
  interface Socket {
    /** Reads and writes it; to close it ends both directions. */
    OpenFile file();

    /** Ends the direction to the other side. */
    void shutdownOutput() throws IOException;

    /** The other side's address. */
    String peerAddress();

    /** The other side's port. */
    int peerPort();
  }

  /** A port that connections come to. */
  interface Listener extends AutoCloseable {
    /** The port, of the system's choice if 0 was asked for. */
    int port();

    /** Waits for the next connection. */
    Socket accept() throws IOException;

    @Override
    void close();
  }
}
