package io.sockerless.backend.core.driver;

import java.util.List;
import java.util.Map;

/**
 * One network that a container is on.
 *
 * @param networkId the network's id; containers of one network reach each other
 * @param address the container's IPv4 address on it
 * @param aliases names that the container has on it, its own name and short id among them
 * @param links what this container alone calls others on it: their names by alias
 * @param linkLocal further IPv4 addresses on it, of 169.254.0.0/16
 * @param mtu the bytes of its largest packet
 */
public record NetworkEndpoint(
    String networkId,
    String networkName,
    String address,
    int prefixLength,
    String gateway,
    String macAddress,
    List<String> aliases,
    Map<String, String> links,
    List<String> linkLocal,
    int mtu) {

  /** What a network has that says nothing else. */
  public static final int USUAL_MTU = 1_500;

  /** Copies the collections. */
  public NetworkEndpoint {
    aliases = List.copyOf(aliases);
    links = Map.copyOf(links);
    linkLocal = List.copyOf(linkLocal);
  }

  /** A network on which the container has one address. */
  public NetworkEndpoint(
      String networkId,
      String networkName,
      String address,
      int prefixLength,
      String gateway,
      String macAddress,
      List<String> aliases,
      Map<String, String> links) {
    this(
        networkId,
        networkName,
        address,
        prefixLength,
        gateway,
        macAddress,
        aliases,
        links,
        List.of(),
        USUAL_MTU);
  }
}
