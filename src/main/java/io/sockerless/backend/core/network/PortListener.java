package io.sockerless.backend.core.network;

import io.sockerless.backend.core.driver.ContainerProcess;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/** One port of the host: whoever connects is joined with a port of a container. */
final class PortListener implements PublishedPort {

  /** After a failure that the next attempt would only repeat, such as too many open files. */
  private static final long PAUSE_NANOS = 100_000_000;

  private static final Logger LOG = System.getLogger(PortListener.class.getName());

  private final ServerSocketChannel channel;
  private final List<String> addresses;
  private final int port;
  private final int containerPort;
  private final Target target;
  private final Thread acceptor;
  private final Set<PortConnection> connections = ConcurrentHashMap.newKeySet();

  /** Connects to a port that a container listens on. */
  interface Target {
    /** Fails if nobody listens. */
    ContainerProcess.Connection connect(int port) throws IOException;
  }

  private PortListener(ServerSocketChannel channel, String ip, int containerPort, Target target)
      throws IOException {
    InetSocketAddress bound = (InetSocketAddress) channel.getLocalAddress();
    this.channel = channel;
    this.addresses = PublishedPort.shown(ip, bound.getAddress());
    this.port = bound.getPort();
    this.containerPort = containerPort;
    this.target = target;
    this.acceptor = Thread.ofVirtual().name("port-" + port).unstarted(this::accept);
  }

  /**
   * Listens.
   *
   * @param ip an address of this host, or empty for all of them, of both families
   * @param port 0 for any
   * @throws java.net.BindException if the port is taken
   * @throws io.sockerless.engine.EngineException.InvalidParameter for what is no address
   */
  static PortListener open(String ip, int port, int containerPort, Target target)
      throws IOException {
    ServerSocketChannel channel =
        ip.isEmpty() || ip.contains(":")
            ? ServerSocketChannel.open()
            : ServerSocketChannel.open(StandardProtocolFamily.INET);
    try {
      channel.bind(
          ip.isEmpty()
              ? new InetSocketAddress(port)
              : new InetSocketAddress(PublishedPort.literal(ip), port));
      PortListener listener = new PortListener(channel, ip, containerPort, target);
      listener.acceptor.start();
      return listener;
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  @Override
  public List<String> addresses() {
    return addresses;
  }

  @Override
  public int port() {
    return port;
  }

  private void accept() {
    while (channel.isOpen()) {
      try {
        SocketChannel client = channel.accept();
        Thread.ofVirtual().name("port-" + port + "-client").start(() -> carry(client));
      } catch (IOException e) {
        if (channel.isOpen()) {
          LOG.log(Level.WARNING, "port {0}: {1}", Integer.toString(port), e.getMessage());
          LockSupport.parkNanos(PAUSE_NANOS);
        }
      }
    }
  }

  private void carry(SocketChannel client) {
    try (client;
        ContainerProcess.Connection inside = target.connect(containerPort)) {
      PortConnection connection = new PortConnection(client, inside);
      connections.add(connection);
      try {
        connection.carry(channel::isOpen);
      } finally {
        connections.remove(connection);
      }
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "port {0}: {1}", Integer.toString(port), e.getMessage());
    }
  }

  /**
   * Takes no more connections, and cuts those that the container has ended. The port is free when
   * this returns: the system closes it only once nobody waits for a client any more.
   */
  @Override
  public void close() {
    try {
      channel.close();
      acceptor.join();
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "port {0}: {1}", Integer.toString(port), e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    connections.forEach(PortConnection::closeIfEnded);
  }
}
