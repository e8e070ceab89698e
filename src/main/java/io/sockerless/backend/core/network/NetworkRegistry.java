package io.sockerless.backend.core.network;

import io.sockerless.backend.core.event.EventLog;
import io.sockerless.backend.core.store.Store;
import io.sockerless.backend.core.store.Table;
import io.sockerless.backend.core.value.Ids;
import io.sockerless.engine.EngineException;
import io.sockerless.engine.JsonBuilders;
import io.sockerless.wire.Headers;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;

/**
 * All networks, which outlive the server, and who is on them now, which does not: what ran on a
 * server that died does not run any more.
 */
public final class NetworkRegistry {

  private static final String TYPE = "network";

  private final Table table;
  private final EventLog events;
  private final Map<String, Attachments> networks = new ConcurrentHashMap<>();
  private final ReentrantLock lock = new ReentrantLock();

  /** Opens the networks of a store, and makes the predefined ones in a new one. */
  public NetworkRegistry(Store store, EventLog events) {
    this.table = store.table("networks");
    this.events = events;
    table.forEach((id, row) -> networks.put(id, new Attachments(Network.stored(row))));
    predefine(Network.BRIDGE, Network.BRIDGE);
    predefine(Network.HOST, Network.HOST);
    predefine(Network.NONE, Network.NULL);
  }

  private void predefine(String name, String driver) {
    if (named(name).isPresent()) {
      return;
    }
    JsonArrayBuilder configs = JsonBuilders.array();
    JsonObject options = JsonValue.EMPTY_JSON_OBJECT;
    if (driver.equals(Network.BRIDGE)) {
      Subnet subnet = DefaultSubnets.free(subnets()).orElseThrow();
      configs.add(Ipam.complete(JsonValue.EMPTY_JSON_OBJECT, subnet));
      options = bridgeOptions();
    }
    JsonObjectBuilder ipam =
        JsonBuilders.object()
            .add("Driver", "default")
            .add("Options", JsonValue.NULL)
            .add("Config", configs);
    add(
        new Network(
            NetworkRequest.document(name, driver, ipam).add("Options", options).build(), false));
  }

  /** What clients read of the bridge that is always there. */
  private static JsonObject bridgeOptions() {
    String prefix = "com.docker.network.bridge.";
    return JsonBuilders.object()
        .add(prefix + "default_bridge", "true")
        .add(prefix + "enable_icc", "true")
        .add(prefix + "enable_ip_masquerade", "true")
        .add(prefix + "host_binding_ipv4", "0.0.0.0")
        .add(prefix + "name", "docker0")
        .add(Network.MTU, "1500")
        .build();
  }

  private void add(Network network) {
    table.put(network.id(), network.row());
    networks.put(network.id(), new Attachments(network));
  }

  /** All networks, the oldest first. */
  List<Network> all() {
    return networks.values().stream()
        .map(Attachments::network)
        .sorted(Comparator.comparing(Network::created).thenComparing(Network::name))
        .toList();
  }

  private Collection<Subnet> subnets() {
    return networks.values().stream().flatMap(it -> it.network().subnet().stream()).toList();
  }

  /** The network of that very name. */
  Optional<Network> named(String name) {
    return networks.values().stream()
        .map(Attachments::network)
        .filter(network -> network.name().equals(name))
        .findFirst();
  }

  /**
   * The network of an id, a name, or an unambiguous prefix of an id.
   *
   * @throws EngineException.NotFound if there is none
   */
  Network get(String idOrName) {
    return find(idOrName).orElseThrow(() -> notFound(idOrName));
  }

  /** The same where it may well not be there. */
  Optional<Network> find(String idOrName) {
    Attachments exact = networks.get(idOrName);
    if (exact != null) {
      return Optional.of(exact.network());
    }
    return named(idOrName).or(() -> prefixed(idOrName));
  }

  private Optional<Network> prefixed(String prefix) {
    List<Network> found =
        networks.values().stream()
            .map(Attachments::network)
            .filter(network -> !prefix.isEmpty() && network.id().startsWith(prefix))
            .toList();
    if (found.size() > 1) {
      throw new EngineException.InvalidParameter(
          "network %s is ambiguous (%d matches found based on ID prefix)"
              .formatted(prefix, found.size()));
    }
    return found.stream().findFirst();
  }

  /** The error that a network is not there. */
  static EngineException notFound(String name) {
    return new EngineException.NotFound("network " + name + " not found");
  }

  /**
   * Creates a network.
   *
   * @throws EngineException.Conflict if the name is taken
   * @throws EngineException.Forbidden if the addresses are
   */
  Network create(NetworkRequest request) {
    Network network;
    lock.lock();
    try {
      if (named(request.name()).isPresent()) {
        throw EngineException.of(
            409, "network with name " + request.name() + " already exists", Headers.empty());
      }
      network = request.network(subnets());
      add(network);
    } finally {
      lock.unlock();
    }
    publish("create", network);
    return network;
  }

  /**
   * Removes a network.
   *
   * @throws EngineException.Forbidden if it is predefined, or a running container is on it
   */
  void remove(Network network) {
    lock.lock();
    try {
      if (network.isPredefined()) {
        throw forbidden(network.name() + " is a pre-defined network and cannot be removed");
      }
      List<Endpoint> active = endpoints(network);
      if (!active.isEmpty()) {
        throw forbidden(
            "error while removing network: network %s has active endpoints (%s)"
                .formatted(
                    network.name(),
                    active.stream().map(Endpoint::named).collect(Collectors.joining(", "))));
      }
      table.remove(network.id());
      networks.remove(network.id());
    } finally {
      lock.unlock();
    }
    publish("destroy", network);
  }

  private static EngineException forbidden(String message) {
    return EngineException.of(403, message, Headers.empty());
  }

  /**
   * Puts a container that runs on a network.
   *
   * @param settings the Docker API's {@code EndpointSettings}
   * @throws EngineException.Forbidden if the address that they ask for is taken
   */
  Endpoint attach(Network network, String containerId, String name, JsonObject settings) {
    Endpoint endpoint;
    lock.lock();
    try {
      Attachments attachments = networks.get(network.id());
      if (attachments == null) {
        throw notFound(network.name());
      }
      attachments.remove(containerId);
      endpoint = attachments.add(Ids.random(), containerId, name, settings);
    } finally {
      lock.unlock();
    }
    publish("connect", network, containerId);
    return endpoint;
  }

  /** Calls a container otherwise, if it is on a network. */
  void rename(Network network, String containerId, String name) {
    lock.lock();
    try {
      Optional.ofNullable(networks.get(network.id())).ifPresent(it -> it.rename(containerId, name));
    } finally {
      lock.unlock();
    }
  }

  /** Takes a container off a network; false if it was not on it. */
  boolean detach(Network network, String containerId) {
    lock.lock();
    try {
      Attachments attachments = networks.get(network.id());
      if (attachments == null || attachments.remove(containerId).isEmpty()) {
        return false;
      }
    } finally {
      lock.unlock();
    }
    publish("disconnect", network, containerId);
    return true;
  }

  /** Who is on a network now. */
  List<Endpoint> endpoints(Network network) {
    return Optional.ofNullable(networks.get(network.id()))
        .map(Attachments::endpoints)
        .orElse(List.of());
  }

  /** A container's place on a network now. */
  Optional<Endpoint> endpoint(Network network, String containerId) {
    return Optional.ofNullable(networks.get(network.id())).flatMap(it -> it.find(containerId));
  }

  private void publish(String action, Network network) {
    events.publish(TYPE, action, network.id(), network.attributes());
  }

  private void publish(String action, Network network, String containerId) {
    Map<String, String> attributes = new HashMap<>(network.attributes());
    attributes.put("container", containerId);
    events.publish(TYPE, action, network.id(), attributes);
  }

  /** Tells that a prune has run. */
  void publishPrune() {
    events.publish(TYPE, "prune", "", Map.of("reclaimed", "0"));
  }
}
