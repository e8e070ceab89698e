package io.sockerless.backend.core.network;

import io.sockerless.engine.EngineException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.List;

/** A port of the host that leads to a container. */
sealed interface PublishedPort extends AutoCloseable permits PortListener, UdpPort {

  /** What it is bound to, both families' own address of all where that is what it takes. */
  List<String> addresses();

  int port();

  @Override
  void close();

  /**
   * An address as clients give it, never a name.
   *
   * @throws EngineException.InvalidParameter for what is no address
   */
  static InetAddress literal(String ip) {
    try {
      return InetAddress.ofLiteral(ip);
    } catch (IllegalArgumentException e) {
      throw new EngineException.InvalidParameter("invalid host IP address: " + ip);
    }
  }

  /**
   * What inspect shows.
   *
   * @param ip as the client gave it, maybe empty
   * @param bound what came of it
   */
  static List<String> shown(String ip, InetAddress bound) {
    if (!ip.isEmpty()) {
      return List.of(ip);
    }
    return bound instanceof Inet6Address ? List.of("0.0.0.0", "::") : List.of("0.0.0.0");
  }
}
