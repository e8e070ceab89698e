package io.sockerless.backend.memory.network;

import io.sockerless.backend.core.driver.NetworkEndpoint;
import io.sockerless.backend.core.driver.ResourceUsage.NetworkUsage;
import io.sockerless.backend.memory.fs.Errno;
import io.sockerless.backend.memory.kernel.NetworkStack;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * One container's network: its own loopback, the containers that share a network with it, and the
 * world through the server's own sockets unless it has no network at all.
 */
public final class ContainerNetwork implements NetworkStack, AutoCloseable {

  private static final int FIRST_EPHEMERAL = 32_768;
  private static final int LAST_PORT = 65_535;
  private static final String LOOPBACK_NAME = "lo";
  private static final String ETHERNET = "eth";
  private static final int LOOPBACK_MTU = 65_536;
  private static final NetworkEndpoint LOOPBACK =
      new NetworkEndpoint(
          "",
          "",
          Addresses.LOOPBACK,
          8,
          "",
          "00:00:00:00:00:00",
          List.of(),
          Map.of(),
          List.of(),
          LOOPBACK_MTU);

  private final Switchboard switchboard;
  private final Map<String, String> hosts;
  private final Outside outside;
  private final Map<Integer, PortListener> listeners = new ConcurrentHashMap<>();
  private final Map<DuplexFile, Entry> connections = new ConcurrentHashMap<>();
  private final AtomicInteger users = new AtomicInteger(1);
  private final AtomicInteger nextPort = new AtomicInteger(FIRST_EPHEMERAL);
  private final Traffic loopback = new Traffic(this::closed);
  private final Traffic traffic = new Traffic(this::closed);
  private final Set<String> down = ConcurrentHashMap.newKeySet();
  private volatile List<NetworkEndpoint> endpoints;
  private final Addresses addresses;
  private final UdpPorts udp;

  /**
   * Joins a container with those of its networks.
   *
   * @param hosts addresses by name, before all other names
   */
  public ContainerNetwork(
      Switchboard switchboard, List<NetworkEndpoint> endpoints, Map<String, String> hosts) {
    this.switchboard = switchboard;
    this.endpoints = List.copyOf(endpoints);
    this.addresses = new Addresses(endpoints);
    this.udp = new UdpPorts(this, addresses, loopback, traffic);
    this.hosts = Map.copyOf(hosts);
    this.outside = new Outside(traffic);
    switchboard.add(this);
  }

  /**
   * The network of a running container for one that shares it, or a new one.
   *
   * @param shares whether the addresses are those of another container, which has them already
   */
  public static ContainerNetwork of(
      Switchboard switchboard,
      List<NetworkEndpoint> endpoints,
      Map<String, String> hosts,
      boolean shares) {
    Optional<ContainerNetwork> other =
        shares
            ? endpoints.stream()
                .map(it -> switchboard.at(it.address(), endpoints))
                .flatMap(Optional::stream)
                .findFirst()
            : Optional.empty();
    return other
        .filter(ContainerNetwork::join)
        .orElseGet(() -> new ContainerNetwork(switchboard, endpoints, hosts));
  }

  /** One more container uses it; false if the last one has just left. */
  private boolean join() {
    return users.getAndUpdate(count -> count == 0 ? 0 : count + 1) > 0;
  }

  /** Where it is. */
  List<NetworkEndpoint> endpoints() {
    return endpoints;
  }

  /** Moves it to other networks; what is connected stays so. */
  public synchronized void setEndpoints(List<NetworkEndpoint> endpoints) {
    this.endpoints = List.copyOf(endpoints);
    route();
  }

  @Override
  public synchronized void setUp(String name, boolean up) throws IOException {
    if (interfaces().stream().noneMatch(it -> it.name().equals(name))) {
      throw Errno.ENODEV.exception();
    }
    if (up) {
      down.remove(name);
    } else {
      down.add(name);
    }
    route();
  }

  /** Only addresses of interfaces that are up lead anywhere. */
  private void route() {
    List<NetworkEndpoint> all = endpoints;
    addresses.setEndpoints(
        IntStream.range(0, all.size()).filter(i -> isUp(ETHERNET + i)).mapToObj(all::get).toList());
  }

  private boolean isUp(String name) {
    return !down.contains(name);
  }

  @Override
  public NetworkStack.Socket connect(String host, int port, Duration timeout) throws IOException {
    String address = resolve(host).stream().findFirst().orElseThrow(Errno.EHOSTUNREACH::exception);
    if (addresses.isOwn(address)) {
      if (!isUp(LOOPBACK_NAME)) {
        throw Errno.ENETUNREACH.exception();
      }
      return register(connect(this, loopback, loopback, address, address, port));
    }
    Optional<ContainerNetwork> peer = peer(address);
    if (peer.isPresent()) {
      return register(
          connect(
              peer.get(), traffic, peer.get().traffic, addresses.towards(address), address, port));
    }
    if (addresses.isNear(address)) {
      throw Errno.EHOSTUNREACH.exception();
    }
    if (!addresses.leadOut()) {
      throw Errno.ENETUNREACH.exception();
    }
    return outside.connect(address, port, timeout);
  }

  @Override
  public NetworkStack.Socket carry(SocketChannel connection) throws IOException {
    return outside.carry(connection);
  }

  /**
   * Connects from outside to a port that a task listens on.
   *
   * @throws io.sockerless.backend.memory.fs.PosixException {@code ECONNREFUSED} if none does
   */
  public NetworkStack.Socket connectFromOutside(int port) throws IOException {
    requireWayIn();
    Traffic unseen = new Traffic(file -> {});
    return connect(this, unseen, traffic, addresses.gateway(), addresses.own(), port);
  }

  /** A client of a published UDP port: sends to that port, and gets what comes back. */
  public NetworkStack.DatagramSocket datagramsFromOutside(int port) throws IOException {
    requireWayIn();
    return udp.guest(port);
  }

  private void requireWayIn() throws IOException {
    if (addresses.endpoints().isEmpty() && !endpoints.isEmpty()) {
      throw Errno.EHOSTUNREACH.exception();
    }
  }

  @Override
  public NetworkStack.DatagramSocket bind(String address, int port) throws IOException {
    if (!addresses.isBindable(address)) {
      throw Errno.EADDRNOTAVAIL.exception();
    }
    return udp.bind(address, port);
  }

  UdpPorts udp() {
    return udp;
  }

  private StreamSocket connect(
      ContainerNetwork peer,
      Traffic near,
      Traffic far,
      String address,
      String peerAddress,
      int port)
      throws IOException {
    PortListener listener =
        Optional.ofNullable(peer.listeners.get(port))
            .filter(it -> it.takes(peerAddress))
            .orElseThrow(Errno.ECONNREFUSED::exception);
    StreamSocket.Pair pair = StreamSocket.pair(near, address, freePort(), far, peerAddress, port);
    peer.register(pair.far());
    try {
      listener.offer(pair.far());
    } catch (IOException e) {
      pair.near().abandon();
      pair.far().abandon();
      throw e;
    }
    return pair.near();
  }

  private StreamSocket register(StreamSocket socket) {
    connections.put(
        socket.file(),
        new Entry(
            Protocol.TCP,
            socket.localAddress(),
            socket.localPort(),
            socket.peerAddress(),
            socket.peerPort(),
            false));
    return socket;
  }

  @Override
  public Listener listen(String address, int port) throws IOException {
    if (!addresses.isBindable(address)) {
      throw Errno.EADDRNOTAVAIL.exception();
    }
    PortListener listener = new PortListener(this, address, port == 0 ? freePort() : port);
    if (listeners.putIfAbsent(listener.port(), listener) != null) {
      throw Errno.EADDRINUSE.exception();
    }
    return listener;
  }

  private int freePort() {
    while (true) {
      int port = nextPort.getAndUpdate(last -> last >= LAST_PORT ? FIRST_EPHEMERAL : last + 1);
      if (!listeners.containsKey(port)) {
        return port;
      }
    }
  }

  void closed(PortListener listener) {
    listeners.remove(listener.port(), listener);
  }

  private void closed(DuplexFile file) {
    connections.remove(file);
  }

  /** Another container, by its address on one of the own networks. */
  Optional<ContainerNetwork> peer(String address) {
    return switchboard
        .at(address, addresses.endpoints())
        .filter(other -> other.addresses.isOwn(address));
  }

  @Override
  public List<String> resolve(String name) {
    if (Subnets.isAddress(name)) {
      return List.of(name);
    }
    if (name.equals("localhost")) {
      return List.of(Addresses.LOOPBACK);
    }
    String fixed = hosts.get(name);
    if (fixed != null) {
      return List.of(fixed);
    }
    List<String> inside = switchboard.resolve(name, endpoints());
    if (!inside.isEmpty() || !addresses.leadOut()) {
      return inside;
    }
    return outside.resolve(name);
  }

  @Override
  public List<Interface> interfaces() {
    List<Interface> interfaces = new ArrayList<>();
    interfaces.add(describe(LOOPBACK_NAME, LOOPBACK, loopback));
    int number = 0;
    for (NetworkEndpoint it : endpoints()) {
      String name = ETHERNET + number++;
      interfaces.add(describe(name, it, number == 1 ? traffic : new Traffic(file -> {})));
    }
    return interfaces;
  }

  private Interface describe(String name, NetworkEndpoint endpoint, Traffic traffic) {
    return new Interface(
        name,
        endpoint.address(),
        endpoint.prefixLength(),
        endpoint.macAddress(),
        endpoint.gateway(),
        endpoint.linkLocal(),
        endpoint.mtu(),
        isUp(name),
        traffic.bytesReceived(),
        traffic.packetsReceived(),
        traffic.bytesSent(),
        traffic.packetsSent());
  }

  /** What went over its interfaces but loopback. */
  public Map<String, NetworkUsage> usage() {
    Map<String, NetworkUsage> usage = new LinkedHashMap<>();
    for (Interface it : interfaces()) {
      if (!it.name().equals(LOOPBACK_NAME)) {
        usage.put(
            it.name(),
            new NetworkUsage(
                it.bytesReceived(), it.packetsReceived(), it.bytesSent(), it.packetsSent()));
      }
    }
    return usage;
  }

  @Override
  public List<Entry> entries() {
    List<Entry> entries = new ArrayList<>();
    for (PortListener listener : listeners.values()) {
      entries.add(
          new Entry(Protocol.TCP, listener.address(), listener.port(), Addresses.ANY, 0, true));
    }
    entries.addAll(connections.values());
    entries.addAll(udp.entries());
    return entries;
  }

  @Override
  public void close() {
    if (users.decrementAndGet() > 0) {
      return;
    }
    switchboard.remove(this);
    List.copyOf(listeners.values()).forEach(PortListener::close);
    udp.close();
    outside.close();
  }
}
