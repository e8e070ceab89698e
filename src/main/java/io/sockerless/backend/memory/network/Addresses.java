package io.sockerless.backend.memory.network;

import io.sockerless.backend.core.driver.NetworkEndpoint;
import java.util.List;
import java.util.Optional;

/** Which addresses a container has, and what lies near them. */
final class Addresses {

  static final String LOOPBACK = "127.0.0.1";
  static final String ANY = "0.0.0.0";

  private static final int LINK_LOCAL_PREFIX = 16;

  private volatile List<NetworkEndpoint> endpoints;

  Addresses(List<NetworkEndpoint> endpoints) {
    this.endpoints = List.copyOf(endpoints);
  }

  List<NetworkEndpoint> endpoints() {
    return endpoints;
  }

  void setEndpoints(List<NetworkEndpoint> endpoints) {
    this.endpoints = List.copyOf(endpoints);
  }

  /** Whether a socket bound to one address gets what comes to another. */
  static boolean takes(String bound, String target) {
    return bound.equals(ANY)
        || bound.equals(target)
        || (bound.startsWith("127.") && target.startsWith("127."));
  }

  private static boolean has(NetworkEndpoint endpoint, String address) {
    return endpoint.address().equals(address) || endpoint.linkLocal().contains(address);
  }

  /** The address of an endpoint from which another one lies near, if any does. */
  private static Optional<String> near(NetworkEndpoint endpoint, String address) {
    return Subnets.contains(endpoint.address(), endpoint.prefixLength(), address)
        ? Optional.of(endpoint.address())
        : endpoint.linkLocal().stream()
            .filter(own -> Subnets.contains(own, LINK_LOCAL_PREFIX, address))
            .findFirst();
  }

  /** Whether a socket of the container may be bound to it. */
  boolean isBindable(String address) {
    return address.equals(ANY) || isOwn(address);
  }

  boolean isOwn(String address) {
    return address.startsWith("127.") || endpoints.stream().anyMatch(it -> has(it, address));
  }

  /** The one that clients of published ports come to. */
  String own() {
    return endpoints.stream().map(NetworkEndpoint::address).findFirst().orElse(LOOPBACK);
  }

  /** The one that another host sees, in the network that both are on. */
  String towards(String address) {
    if (address.startsWith("127.")) {
      return LOOPBACK;
    }
    return endpoints.stream()
        .flatMap(it -> near(it, address).stream())
        .findFirst()
        .orElseGet(this::own);
  }

  /** Where clients of published ports seem to be. */
  String gateway() {
    return endpoints.stream().map(NetworkEndpoint::gateway).findFirst().orElse(LOOPBACK);
  }

  /** Whether a way leads to hosts that no network of the container has: internal ones have none. */
  boolean leadOut() {
    return endpoints.stream()
        .anyMatch(it -> !it.gateway().isEmpty() || it.address().equals(LOOPBACK));
  }

  /** Whether it is an address of a network that the container is on. */
  boolean isNear(String address) {
    return endpoints.stream().anyMatch(it -> near(it, address).isPresent());
  }
}
