package io.sockerless.backend.memory.network;

import io.sockerless.backend.core.driver.NetworkEndpoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Joins the running containers of this server: who is where on which network. */
public final class Switchboard {

  private final Set<ContainerNetwork> containers = ConcurrentHashMap.newKeySet();

  /** A container runs. */
  void add(ContainerNetwork container) {
    containers.add(container);
  }

  /** A container runs no more. */
  void remove(ContainerNetwork container) {
    containers.remove(container);
  }

  /**
   * The container at an address on one of some networks; addresses of the link are reached from
   * such addresses alone.
   */
  Optional<ContainerNetwork> at(String address, List<NetworkEndpoint> from) {
    return containers.stream()
        .filter(container -> container.endpoints().stream().anyMatch(it -> isAt(it, address, from)))
        .findFirst();
  }

  private static boolean isAt(
      NetworkEndpoint endpoint, String address, List<NetworkEndpoint> from) {
    return endpoint.address().equals(address)
        ? shares(endpoint, from)
        : endpoint.linkLocal().contains(address)
            && shares(endpoint, from.stream().filter(it -> !it.linkLocal().isEmpty()).toList());
  }

  /** The addresses of a name on some networks, links before all other names. */
  List<String> resolve(String name, List<NetworkEndpoint> from) {
    List<NetworkEndpoint> unlinked = new ArrayList<>();
    for (NetworkEndpoint endpoint : from) {
      Optional<String> linked = linked(endpoint, name);
      List<String> addresses = linked.map(it -> named(it, List.of(endpoint))).orElse(List.of());
      if (!addresses.isEmpty()) {
        return addresses;
      }
      if (linked.isEmpty()) {
        unlinked.add(endpoint);
      }
    }
    return named(name, unlinked);
  }

  private static Optional<String> linked(NetworkEndpoint endpoint, String alias) {
    return endpoint.links().entrySet().stream()
        .filter(link -> link.getKey().equalsIgnoreCase(alias))
        .map(Map.Entry::getValue)
        .findFirst();
  }

  private List<String> named(String name, List<NetworkEndpoint> from) {
    List<String> addresses = new ArrayList<>();
    for (ContainerNetwork container : containers) {
      for (NetworkEndpoint endpoint : container.endpoints()) {
        if (isNamed(endpoint, name) && shares(endpoint, from)) {
          addresses.add(endpoint.address());
        }
      }
    }
    return addresses;
  }

  /** Names are alike in any case, and may say on which network the container is meant. */
  private static boolean isNamed(NetworkEndpoint endpoint, String name) {
    return endpoint.aliases().stream()
        .anyMatch(alias ->
            alias.equalsIgnoreCase(name)
                || (alias + "." + endpoint.networkName()).equalsIgnoreCase(name));
  }

  private static boolean shares(NetworkEndpoint endpoint, List<NetworkEndpoint> from) {
    return from.stream().anyMatch(it -> it.networkId().equals(endpoint.networkId()));
  }
}
