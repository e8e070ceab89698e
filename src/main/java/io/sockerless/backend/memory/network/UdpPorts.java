package io.sockerless.backend.memory.network;

import io.sockerless.backend.memory.fs.Errno;
import io.sockerless.backend.memory.kernel.NetworkStack;
import io.sockerless.backend.memory.kernel.NetworkStack.Datagram;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One container's UDP ports, and the way that datagrams take: to itself, to the containers of its
 * networks, to the clients of its published ports, who are at its gateway, and to the world.
 */
final class UdpPorts implements AutoCloseable {

  private static final int FIRST_EPHEMERAL = 32_768;
  private static final int LAST_PORT = 65_535;
  private static final int LARGEST = 65_535;

  private final ContainerNetwork network;
  private final Addresses addresses;
  private final Traffic loopback;
  private final Traffic traffic;
  private final Map<Integer, UdpSocket> bound = new ConcurrentHashMap<>();
  private final Map<Integer, UdpSocket> guests = new ConcurrentHashMap<>();
  private final Map<UdpSocket, DatagramSocket> outside = new ConcurrentHashMap<>();
  private final AtomicInteger nextPort = new AtomicInteger(FIRST_EPHEMERAL);

  UdpPorts(ContainerNetwork network, Addresses addresses, Traffic loopback, Traffic traffic) {
    this.network = network;
    this.addresses = addresses;
    this.loopback = loopback;
    this.traffic = traffic;
  }

  /** Takes a port of the container. */
  UdpSocket bind(String address, int port) throws IOException {
    return take(bound, address, port);
  }

  /** A client of a published port, at the gateway's address. */
  UdpSocket guest(int port) throws IOException {
    UdpSocket guest = take(guests, addresses.gateway(), 0);
    guest.connect(addresses.own(), port);
    return guest;
  }

  private UdpSocket take(Map<Integer, UdpSocket> ports, String address, int port)
      throws IOException {
    for (int tries = FIRST_EPHEMERAL; tries <= LAST_PORT; tries++) {
      UdpSocket socket = new UdpSocket(this, address, port == 0 ? freePort() : port);
      if (ports.putIfAbsent(socket.port(), socket) == null) {
        return socket;
      }
      if (port != 0) {
        break;
      }
    }
    throw Errno.EADDRINUSE.exception();
  }

  private int freePort() {
    return nextPort.getAndUpdate(last -> last >= LAST_PORT ? FIRST_EPHEMERAL : last + 1);
  }

  String resolve(String host) throws IOException {
    return network.resolve(host).stream().findFirst().orElseThrow(Errno.EHOSTUNREACH::exception);
  }

  void send(UdpSocket from, Datagram datagram) throws IOException {
    String target = resolve(datagram.address());
    int length = datagram.content().length;
    if (guests.get(from.port()) == from) {
      traffic.received(length);
      deliver(
          from, this, new Datagram(datagram.content(), target, datagram.port()), from.address());
    } else if (addresses.isOwn(target)) {
      loopback.sent(length);
      loopback.received(length);
      deliver(from, this, new Datagram(datagram.content(), target, datagram.port()), target);
    } else {
      traffic.sent(length);
      leave(from, new Datagram(datagram.content(), target, datagram.port()));
    }
  }

  /** Sends to another host. */
  private void leave(UdpSocket from, Datagram datagram) throws IOException {
    String own = addresses.towards(datagram.address());
    UdpSocket guest = guests.get(datagram.port());
    if (guest != null && guest.address().equals(datagram.address())) {
      guest.deliver(new Datagram(datagram.content(), own, from.port()));
      return;
    }
    Optional<ContainerNetwork> peer = network.peer(datagram.address());
    if (peer.isPresent()) {
      UdpPorts there = peer.get().udp();
      there.traffic.received(datagram.content().length);
      deliver(from, there, datagram, own);
    } else if (!addresses.isNear(datagram.address())) {
      if (!addresses.leadOut()) {
        throw Errno.ENETUNREACH.exception();
      }
      sendOutside(from, datagram);
    }
  }

  private static void deliver(UdpSocket from, UdpPorts to, Datagram datagram, String source) {
    UdpSocket socket = to.bound.get(datagram.port());
    if (socket != null && Addresses.takes(socket.address(), datagram.address())) {
      socket.deliver(new Datagram(datagram.content(), source, from.port()));
    } else {
      from.refused();
    }
  }

  private void sendOutside(UdpSocket from, Datagram datagram) throws IOException {
    outside(from)
        .send(
            new DatagramPacket(
                datagram.content(),
                datagram.content().length,
                InetAddress.ofLiteral(datagram.address()),
                datagram.port()));
  }

  private DatagramSocket outside(UdpSocket from) throws IOException {
    DatagramSocket known = outside.get(from);
    if (known != null) {
      return known;
    }
    DatagramSocket opened = new DatagramSocket();
    DatagramSocket earlier = outside.putIfAbsent(from, opened);
    if (earlier != null) {
      opened.close();
      return earlier;
    }
    Thread.ofVirtual().name("udp-from-outside").start(() -> receive(opened, from));
    if (from.isClosed()) {
      closed(from);
    }
    return opened;
  }

  private void receive(DatagramSocket socket, UdpSocket to) {
    DatagramPacket packet = new DatagramPacket(new byte[LARGEST], LARGEST);
    while (!socket.isClosed()) {
      try {
        packet.setLength(LARGEST);
        socket.receive(packet);
      } catch (IOException e) {
        // Closed with the task's socket, or a refusal that datagrams may meet.
        continue;
      }
      byte[] content = Arrays.copyOf(packet.getData(), packet.getLength());
      traffic.received(content.length);
      to.deliver(new Datagram(content, packet.getAddress().getHostAddress(), packet.getPort()));
    }
  }

  void closed(UdpSocket socket) {
    bound.remove(socket.port(), socket);
    guests.remove(socket.port(), socket);
    DatagramSocket beyond = outside.remove(socket);
    if (beyond != null) {
      beyond.close();
    }
  }

  /** What tasks have taken. */
  List<NetworkStack.Entry> entries() {
    List<NetworkStack.Entry> entries = new ArrayList<>();
    for (UdpSocket socket : bound.values()) {
      Optional<UdpSocket.Peer> peer = socket.peer();
      entries.add(
          new NetworkStack.Entry(
              NetworkStack.Protocol.UDP,
              peer.map(it -> addresses.towards(it.address())).orElse(socket.address()),
              socket.port(),
              peer.map(UdpSocket.Peer::address).orElse(Addresses.ANY),
              peer.map(UdpSocket.Peer::port).orElse(0),
              peer.isEmpty()));
    }
    return entries;
  }

  @Override
  public void close() {
    List.copyOf(bound.values()).forEach(UdpSocket::release);
    List.copyOf(guests.values()).forEach(UdpSocket::release);
  }
}
