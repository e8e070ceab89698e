package io.sockerless.backend.core.network;

import io.sockerless.backend.core.driver.ContainerProcess;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * One UDP port of the host. Each client that sends to it gets a way of its own into the container,
 * so that answers find back; it is forgotten when nothing has gone over it for a while.
 */
final class UdpPort implements PublishedPort {

  /** As long as Docker's own proxy remembers a client. */
  private static final Duration IDLE = Duration.ofSeconds(90);

  /** At this many the one that was silent longest makes room, so that no flood fills the memory. */
  private static final int MAX_CLIENTS = 1_024;

  private static final int LARGEST = 65_535;
  private static final Logger LOG = System.getLogger(UdpPort.class.getName());

  private final DatagramSocket socket;
  private final List<String> addresses;
  private final int port;
  private final int containerPort;
  private final Target target;
  private final Map<SocketAddress, Client> clients = new ConcurrentHashMap<>();

  /** Opens ways to a UDP port of a container. */
  @FunctionalInterface
  interface Target {
    /** Fails if the container has ended. */
    ContainerProcess.Datagrams open(int port) throws IOException;
  }

  private UdpPort(DatagramSocket socket, String ip, int containerPort, Target target) {
    this.socket = socket;
    InetSocketAddress bound = (InetSocketAddress) socket.getLocalSocketAddress();
    this.addresses = PublishedPort.shown(ip, bound.getAddress());
    this.port = bound.getPort();
    this.containerPort = containerPort;
    this.target = target;
  }

  /**
   * Takes the port.
   *
   * @param ip an address of this host, or empty for all of them, of both families
   * @param port 0 for any
   * @throws java.net.BindException if the port is taken
   * @throws io.sockerless.engine.EngineException.InvalidParameter for what is no address
   */
  static UdpPort open(String ip, int port, int containerPort, Target target) throws IOException {
    InetAddress address = ip.isEmpty() ? wildcard() : PublishedPort.literal(ip);
    UdpPort opened =
        new UdpPort(
            new DatagramSocket(new InetSocketAddress(address, port)), ip, containerPort, target);
    Thread.ofVirtual().name("udp-" + opened.port).start(opened::receive);
    return opened;
  }

  private static InetAddress wildcard() {
    return new InetSocketAddress(0).getAddress();
  }

  @Override
  public List<String> addresses() {
    return addresses;
  }

  @Override
  public int port() {
    return port;
  }

  private void receive() {
    DatagramPacket packet = new DatagramPacket(new byte[LARGEST], LARGEST);
    while (!socket.isClosed()) {
      try {
        packet.setLength(LARGEST);
        socket.receive(packet);
        client(packet.getSocketAddress()).send(Arrays.copyOf(packet.getData(), packet.getLength()));
      } catch (IOException e) {
        if (!socket.isClosed()) {
          LOG.log(Level.DEBUG, "UDP port {0}: {1}", Integer.toString(port), e.getMessage());
        }
      }
    }
    clients.values().forEach(Client::close);
  }

  private Client client(SocketAddress address) throws IOException {
    Client known = clients.get(address);
    if (known != null) {
      return known;
    }
    if (clients.size() >= MAX_CLIENTS) {
      clients.values().stream()
          .min(Comparator.comparingLong(it -> it.used))
          .ifPresent(Client::close);
    }
    Client client = new Client(address, target.open(containerPort));
    clients.put(address, client);
    Thread.ofVirtual().name("udp-" + port + "-client").start(client::answer);
    return client;
  }

  @Override
  public void close() {
    socket.close();
    clients.values().forEach(Client::close);
  }

  /** Who has sent to the port. */
  private final class Client {
    private final SocketAddress address;
    private final ContainerProcess.Datagrams inside;
    private volatile long used = System.nanoTime();

    Client(SocketAddress address, ContainerProcess.Datagrams inside) {
      this.address = address;
      this.inside = inside;
    }

    void send(byte[] content) throws IOException {
      used = System.nanoTime();
      inside.send(content);
    }

    /** Brings back what the container sends. */
    void answer() {
      try {
        while (System.nanoTime() - used < IDLE.toNanos()) {
          Optional<byte[]> content = inside.receive(IDLE);
          if (content.isPresent()) {
            used = System.nanoTime();
            socket.send(new DatagramPacket(content.get(), content.get().length, address));
          }
        }
      } catch (IOException e) {
        LOG.log(Level.DEBUG, "UDP port {0}: {1}", Integer.toString(port), e.getMessage());
      } finally {
        close();
      }
    }

    void close() {
      clients.remove(address, this);
      inside.close();
    }
  }
}
