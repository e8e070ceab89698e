package io.sockerless.backend.core.network;

import io.sockerless.backend.core.container.ContainerDirectory;
import io.sockerless.backend.core.container.NetworkSource;
import io.sockerless.backend.core.document.DocumentChanges;
import io.sockerless.backend.core.document.Documents;
import io.sockerless.backend.core.driver.ContainerProcess;
import io.sockerless.backend.core.driver.NetworkEndpoint;
import io.sockerless.engine.EngineException;
import io.sockerless.engine.JsonBuilders;
import io.sockerless.wire.Headers;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Gives containers their networks, addresses, names and published ports. */
public final class CoreNetworkSource implements NetworkSource {

  /** What a container on the host's own network has for an address. */
  private static final String LOOPBACK = "127.0.0.1";

  private static final int LOOPBACK_PREFIX = 8;

  private final NetworkRegistry registry;
  private final PublishedPorts ports;
  private final Supplier<ContainerDirectory> containers;

  /**
   * Serves these networks.
   *
   * @param containers asked only when an operation runs, since containers know networks in turn
   */
  public CoreNetworkSource(
      NetworkRegistry registry, PublishedPorts ports, Supplier<ContainerDirectory> containers) {
    this.registry = registry;
    this.ports = ports;
    this.containers = containers;
  }

  @Override
  public JsonObject prepare(JsonObject config, JsonObject hostConfig, JsonObject networkingConfig) {
    PortBindings.of(JsonValue.EMPTY_JSON_OBJECT, hostConfig);
    JsonObject given = Documents.object(networkingConfig, "EndpointsConfig");
    NetworkMode mode = NetworkMode.of(hostConfig);
    if (mode.sharedContainer().isPresent()) {
      if (!given.isEmpty()) {
        throw EndpointRules.shared();
      }
      return JsonValue.EMPTY_JSON_OBJECT;
    }
    Map<String, JsonObject> wanted = new LinkedHashMap<>();
    wanted.put(nameOf(mode.network()), JsonValue.EMPTY_JSON_OBJECT);
    for (String name : given.keySet()) {
      wanted.put(
          nameOf(name.equals("default") ? Network.BRIDGE : name), Documents.object(given, name));
    }
    EndpointRules.checkTogether(wanted.keySet());
    wanted.computeIfPresent(
        nameOf(mode.network()), (_, settings) -> EndpointSettings.withMac(settings, config, mode));
    JsonObjectBuilder networks = JsonBuilders.object();
    wanted.forEach((name, settings) -> {
      EndpointRules.checkMac("invalid config for network " + name + ": ", settings);
      registry.find(name).ifPresent(network -> EndpointRules.check(network, settings));
      networks.add(name, EndpointSettings.prepare(settings));
    });
    return networks.build();
  }

  /** A network that is not there yet may be there when the container starts. */
  private String nameOf(String idOrName) {
    return registry.find(idOrName).map(Network::name).orElse(idOrName);
  }

  @Override
  public JsonObject join(
      String containerId, String containerName, String hostname, JsonObject networks) {
    if (networks.isEmpty()) {
      checkShared(containerId);
    }
    JsonObjectBuilder joined = JsonBuilders.object();
    List<Network> done = new ArrayList<>();
    try {
      for (String name : networks.keySet()) {
        Network network = registry.named(name).orElseThrow(() -> NetworkRegistry.notFound(name));
        JsonObject settings = Documents.object(networks, name);
        Endpoint endpoint = registry.attach(network, containerId, containerName, settings);
        done.add(network);
        JsonObject filled = endpoint.fill(settings, network);
        joined.add(name, named(filled, network, containerId, containerName, hostname));
      }
    } catch (EngineException e) {
      done.forEach(network -> registry.detach(network, containerId));
      throw e;
    }
    return joined.build();
  }

  private Optional<ContainerDirectory.Entry> container(String idOrName) {
    try {
      return Optional.of(containers.get().resolve(idOrName));
    } catch (EngineException.NotFound e) {
      return Optional.empty();
    }
  }

  private void checkShared(String containerId) {
    Optional<String> shared = sharedReference(containerId);
    if (shared.isEmpty()) {
      return;
    }
    ContainerDirectory.Entry other =
        container(shared.get())
            .orElseThrow(() ->
                new EngineException.Failure(
                    500,
                    "joining network namespace of container: No such container: " + shared.get()));
    if (other.id().equals(containerId)) {
      throw new EngineException.Failure(500, "cannot join own network");
    }
    if (!other.isRunning()) {
      throw EngineException.of(
          409,
          "cannot join network namespace of a non running container: container %s is %s"
              .formatted(other.name(), other.state()),
          Headers.empty());
    }
  }

  private static JsonObject named(
      JsonObject settings, Network network, String id, String name, String hostname) {
    Set<String> names = new LinkedHashSet<>(EndpointSettings.names(network, id, name, settings));
    if (!names.isEmpty() && !hostname.isEmpty()) {
      names.add(hostname);
    }
    return EndpointSettings.withNames(settings, names);
  }

  @Override
  public JsonObject renamed(
      String containerId, String containerName, String hostname, JsonObject networks) {
    JsonObjectBuilder renamed = JsonBuilders.object(networks);
    for (String name : networks.keySet()) {
      registry
          .named(name)
          .ifPresent(network -> {
            registry.rename(network, containerId, containerName);
            JsonObject nameless =
                DocumentChanges.without(Documents.object(networks, name), "DNSNames");
            renamed.add(name, named(nameless, network, containerId, containerName, hostname));
          });
    }
    return renamed.build();
  }

  @Override
  public List<NetworkEndpoint> endpoints(
      String containerId, String containerName, JsonObject networks) {
    if (networks.isEmpty()) {
      return shared(containerId);
    }
    List<NetworkEndpoint> endpoints = new ArrayList<>();
    for (String name : networks.keySet()) {
      registry
          .named(name)
          .flatMap(network ->
              endpoint(network, containerId, containerName, Documents.object(networks, name)))
          .ifPresent(endpoints::add);
    }
    return endpoints;
  }

  @Override
  public Optional<String> sharedHostname(String containerId) {
    return sharedContainer(containerId).map(other -> Documents.string(other.config(), "Hostname"));
  }

  /** Of the container whose networks this one shares, if it shares any. */
  private List<NetworkEndpoint> shared(String containerId) {
    return sharedContainer(containerId)
        .filter(other -> !other.networks().isEmpty())
        .map(other -> endpoints(other.id(), other.name(), other.networks()))
        .orElse(List.of());
  }

  private Optional<ContainerDirectory.Entry> sharedContainer(String containerId) {
    return sharedReference(containerId)
        .flatMap(this::container)
        .filter(other -> !other.id().equals(containerId));
  }

  /** The other container as it was named. */
  private Optional<String> sharedReference(String containerId) {
    return container(containerId)
        .flatMap(entry -> NetworkMode.of(entry.hostConfig()).sharedContainer());
  }

  private static Optional<NetworkEndpoint> endpoint(
      Network network, String containerId, String containerName, JsonObject settings) {
    String address = Documents.string(settings, "IPAddress");
    if (network.driver().equals(Network.HOST)) {
      return Optional.of(
          new NetworkEndpoint(
              network.id(),
              network.name(),
              LOOPBACK,
              LOOPBACK_PREFIX,
              "",
              "",
              List.of(),
              Map.of()));
    }
    if (address.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new NetworkEndpoint(
            network.id(),
            network.name(),
            address,
            (int) Documents.number(settings, "IPPrefixLen"),
            Documents.string(settings, "Gateway"),
            Documents.string(settings, "MacAddress"),
            List.copyOf(EndpointSettings.names(network, containerId, containerName, settings)),
            EndpointSettings.links(settings),
            EndpointSettings.linkLocal(settings),
            network.mtu()));
  }

  @Override
  public void leave(String containerId, JsonObject networks) {
    registry.all().forEach(network -> registry.detach(network, containerId));
  }

  @Override
  public JsonObject released(JsonObject networks) {
    JsonObjectBuilder released = JsonBuilders.object();
    for (String name : networks.keySet()) {
      released.add(name, Endpoint.clear(Documents.object(networks, name)));
    }
    return released.build();
  }

  @Override
  public JsonObject publish(
      String containerId, JsonObject config, JsonObject hostConfig, ContainerProcess process) {
    PortBindings bindings = PortBindings.of(config, hostConfig);
    if (bindings.wantsDatagrams() && !process.carriesDatagrams()) {
      throw new EngineException.NotImplemented(
          "publishing UDP ports is not served for this container: who runs it carries TCP alone");
    }
    return outer(containerId)
        .map(endpoint -> ports.open(endpoint, bindings, process::connect, process::datagrams))
        .orElse(JsonValue.EMPTY_JSON_OBJECT);
  }

  @Override
  public boolean isReachable(String containerId) {
    return outer(containerId).isPresent();
  }

  private Optional<Endpoint> outer(String containerId) {
    return registry.all().stream()
        .filter(network -> network.isBridge() && !network.internal())
        .flatMap(network -> registry.endpoint(network, containerId).stream())
        .findFirst();
  }

  @Override
  public void unpublish(String containerId) {
    ports.close(containerId);
  }
}
