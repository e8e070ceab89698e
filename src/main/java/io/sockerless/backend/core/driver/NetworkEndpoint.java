package io.sockerless.backend.core.driver;

import java.util.List;

/**
 * One network that a container is on.
 *
 * @param networkId the network's id; containers of one network reach each other
 * @param address the container's IPv4 address on it
 * @param aliases names that the container has on it, its own name and short id among them
 */
public record NetworkEndpoint(
    String networkId,
    String networkName,
    String address,
    int prefixLength,
    String gateway,
    String macAddress,
    List<String> aliases) {

  /** Copies the list. */
  public NetworkEndpoint {
    aliases = List.copyOf(aliases);
  }
}
