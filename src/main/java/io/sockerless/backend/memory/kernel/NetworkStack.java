package io.sockerless.backend.memory.kernel;

import io.sockerless.backend.memory.fs.OpenFile;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

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
   * Carries a connection that leads to somebody on this machine, through a socket in a bind. What
   * passes is not counted.
   */
  Socket carry(SocketChannel connection) throws IOException;

  /**
   * Listens on a port of the container.
   *
   * @param address {@code 0.0.0.0} for all of its own
   * @throws io.sockerless.backend.memory.fs.PosixException {@code EADDRINUSE}
   */
  Listener listen(String address, int port) throws IOException;

  /**
   * Takes a UDP port of the container.
   *
   * @param address {@code 0.0.0.0} for all of its own
   * @param port 0 for a free one
   * @throws io.sockerless.backend.memory.fs.PosixException {@code EADDRINUSE}
   */
  DatagramSocket bind(String address, int port) throws IOException;

  /** The IPv4 addresses of a name, none if nobody knows it. */
  List<String> resolve(String name);

  /** What the container has, {@code lo} first. */
  List<Interface> interfaces();

  /**
   * Lets an interface carry traffic, or keeps it from that. What is connected already stays so.
   *
   * @throws io.sockerless.backend.memory.fs.PosixException {@code ENODEV}
   */
  void setUp(String name, boolean up) throws IOException;

  /** What is listened on and connected, for {@code /proc/net} and {@code netstat}. */
  List<Entry> entries();

  /**
   * One interface.
   *
   * @param linkLocal further addresses, of 169.254.0.0/16
   * @param mtu the bytes of its largest packet
   * @param up whether it carries traffic
   */
  record Interface(
      String name,
      String address,
      int prefixLength,
      String macAddress,
      String gateway,
      List<String> linkLocal,
      int mtu,
      boolean up,
      long bytesReceived,
      long packetsReceived,
      long bytesSent,
      long packetsSent) {}

  /**
   * One socket.
   *
   * @param listening whether it takes what anybody sends
   */
  record Entry(
      Protocol protocol,
      String localAddress,
      int localPort,
      String peerAddress,
      int peerPort,
      boolean listening) {}

  /** What a socket speaks. */
  enum Protocol {
    /** Streams. */
    TCP,
    /** Datagrams. */
    UDP
  }

  /** One datagram, with whom it comes from or goes to; two are never compared. */
  @SuppressWarnings("ArrayRecordComponent")
  record Datagram(byte[] content, String address, int port) {}

  /** A UDP port that a task has taken. */
  interface DatagramSocket {
    /**
     * Reads a datagram at a time, of which what does not fit is lost, and sends what is written to
     * the peer; to close it gives the port back.
     */
    OpenFile file();

    /** The port, of the system's choice if 0 was asked for. */
    int port();

    /**
     * From now on datagrams come from there alone, and writes go there.
     *
     * @param host a name or an IPv4 address
     */
    void connect(String host, int port) throws IOException;

    /**
     * Waits for a datagram, leaves it to be read, and connects with whom it comes from.
     *
     * @return the other side's address
     */
    String accept() throws IOException;

    /**
     * Sends one; whether it arrives is not told.
     *
     * @throws io.sockerless.backend.memory.fs.PosixException {@code ENETUNREACH}, {@code EMSGSIZE}
     */
    void send(Datagram datagram) throws IOException;

    /**
     * Waits for the next one.
     *
     * @param nanos at most
     * @return nothing if the time was over first
     */
    Optional<Datagram> receive(long nanos) throws IOException;
  }

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
