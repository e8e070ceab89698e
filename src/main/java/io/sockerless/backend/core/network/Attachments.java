package io.sockerless.backend.core.network;

import io.sockerless.backend.core.document.Documents;
import io.sockerless.engine.EngineException;
import io.sockerless.wire.Headers;
import jakarta.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Who is on one network, and the addresses that they have. Its registry changes it under a lock;
 * anybody reads it.
 */
final class Attachments {

  private final Network network;
  private final Optional<AddressPool> pool;
  private final Map<String, Endpoint> byContainer = new ConcurrentHashMap<>();

  Attachments(Network network) {
    this.network = network;
    this.pool = network.pool();
  }

  Network network() {
    return network;
  }

  List<Endpoint> endpoints() {
    return List.copyOf(byContainer.values());
  }

  Optional<Endpoint> find(String containerId) {
    return Optional.ofNullable(byContainer.get(containerId));
  }

  /** Adds a container that is not on the network yet. */
  Endpoint add(String id, String containerId, String name, JsonObject settings) {
    OptionalLong address = pool.map(it -> allocate(it, settings)).orElse(OptionalLong.empty());
    String wantedMac = Documents.string(settings, "MacAddress");
    String mac =
        wantedMac.isEmpty() && address.isPresent() ? Endpoint.mac(address.getAsLong()) : wantedMac;
    int prefix = network.subnet().map(Subnet::prefix).orElse(0);
    Endpoint endpoint = new Endpoint(id, containerId, name, address, prefix, mac);
    byContainer.put(containerId, endpoint);
    return endpoint;
  }

  private OptionalLong allocate(AddressPool addresses, JsonObject settings) {
    String wanted = Documents.string(Documents.object(settings, "IPAMConfig"), "IPv4Address");
    if (wanted.isEmpty()) {
      OptionalLong any = addresses.takeAny();
      if (any.isEmpty()) {
        throw new EngineException.Failure(
            500,
            "no available IPv4 addresses on this network's address pools: %s (%s)"
                .formatted(network.name(), network.id()));
      }
      return any;
    }
    EndpointRules.checkAddress(network, wanted);
    long address = Subnet.address(wanted).orElseThrow();
    if (!addresses.take(address)) {
      throw EngineException.of(403, "Address already in use", Headers.empty());
    }
    return OptionalLong.of(address);
  }

  void rename(String containerId, String name) {
    byContainer.computeIfPresent(containerId, (_, endpoint) -> endpoint.withName(name));
  }

  /** Removes a container; its address is free at once. */
  Optional<Endpoint> remove(String containerId) {
    Optional<Endpoint> removed = Optional.ofNullable(byContainer.remove(containerId));
    removed.ifPresent(endpoint ->
        endpoint.address().ifPresent(address -> pool.ifPresent(it -> it.release(address))));
    return removed;
  }
}
