package io.sockerless.backend.core.network;

import io.sockerless.backend.core.container.ContainerDirectory;
import io.sockerless.backend.core.document.DocumentChanges;
import io.sockerless.backend.core.document.Documents;
import io.sockerless.backend.core.document.RequestShapes;
import io.sockerless.backend.core.value.Filters;
import io.sockerless.backend.core.value.Timestamps;
import io.sockerless.engine.Answer;
import io.sockerless.engine.Call;
import io.sockerless.engine.EngineException;
import io.sockerless.engine.JsonBuilders;
import io.sockerless.engine.Networks;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** The Docker API's operations on networks. */
public final class CoreNetworks implements Networks {

  private static final Set<String> LIST_FILTERS =
      Set.of("dangling", "driver", "id", "label", "name", "scope", "type");
  private static final Set<String> PRUNE_FILTERS = Set.of("until", "label", "label!");

  private final NetworkRegistry registry;
  private final NetworkMembers members;
  private final Supplier<ContainerDirectory> containers;

  /**
   * Serves these networks.
   *
   * @param containers asked only when an operation runs, since containers know networks in turn
   */
  public CoreNetworks(NetworkRegistry registry, Supplier<ContainerDirectory> containers) {
    this.registry = registry;
    this.members = new NetworkMembers(registry, containers);
    this.containers = containers;
  }

  @Override
  public Answer list(Call call) {
    Filters filters = Filters.of(call.query(), LIST_FILTERS);
    Predicate<Network> wanted = wanted(filters);
    JsonArrayBuilder list = JsonBuilders.array();
    registry.all().stream()
        .filter(wanted)
        .forEach(network ->
            list.add(
                JsonBuilders.object(network.document())
                    .add("Containers", JsonValue.EMPTY_JSON_OBJECT)));
    return Answer.json(200, list.build());
  }

  private Predicate<Network> wanted(Filters filters) {
    Optional<Boolean> dangling =
        filters.has("dangling") ? Optional.of(filters.flag("dangling", false)) : Optional.empty();
    Optional<Boolean> custom = filters.get("type").stream().findFirst().map(CoreNetworks::isCustom);
    return network ->
        filters.any("driver", network.driver()::equals)
            && filters.matches("id", network.id())
            && filters.matches("name", network.name())
            && filters.any("scope", "local"::equals)
            && filters.labels(network.labels())
            && custom.map(it -> it != network.isPredefined()).orElse(true)
            && dangling.map(it -> it == isDangling(network)).orElse(true);
  }

  private static boolean isCustom(String type) {
    return switch (type) {
      case "custom" -> true;
      case "builtin" -> false;
      default ->
          throw new EngineException.InvalidParameter("invalid filter: 'type'='" + type + "'");
    };
  }

  private boolean isDangling(Network network) {
    return !network.isPredefined() && registry.endpoints(network).isEmpty();
  }

  @Override
  public Answer inspect(String id, Call call) {
    Network network = registry.get(id);
    String scope = call.query().first("scope").orElse("");
    if (!scope.isEmpty() && !scope.equals("local")) {
      throw NetworkRegistry.notFound(id);
    }
    JsonObjectBuilder on = JsonBuilders.object();
    for (Endpoint endpoint : registry.endpoints(network)) {
      on.add(endpoint.containerId(), endpoint.shown(name(endpoint)));
    }
    return Answer.json(200, JsonBuilders.object(network.document()).add("Containers", on).build());
  }

  /** The name that the container has by now. */
  private String name(Endpoint endpoint) {
    try {
      return containers.get().resolve(endpoint.containerId()).name();
    } catch (EngineException.NotFound e) {
      return endpoint.containerName();
    }
  }

  @Override
  public Answer remove(String id, Call call) {
    registry.remove(registry.get(id));
    return Answer.empty(204);
  }

  @Override
  public Answer create(Call call) {
    NetworkRequest request =
        NetworkRequest.of(RequestShapes.document(call, "network.CreateRequest"));
    Network network = registry.create(request);
    return Answer.json(
        201,
        JsonBuilders.object().add("Id", network.id()).add("Warning", request.warning()).build());
  }

  @Override
  public Answer connect(String id, Call call) {
    JsonObject body = RequestShapes.document(call, "network.ConnectOptions");
    members.connect(
        registry.get(id),
        Documents.string(body, "Container"),
        Documents.object(body, "EndpointConfig"));
    return Answer.empty(200);
  }

  @Override
  public Answer disconnect(String id, Call call) {
    JsonObject body = RequestShapes.document(call, "network.DisconnectOptions");
    String container = Documents.string(body, "Container");
    boolean force = Documents.flag(body, "Force");
    if (force && registry.find(id).isEmpty()) {
      members.forget(id, container);
    } else {
      members.disconnect(registry.get(id), container, force);
    }
    return Answer.empty(200);
  }

  @Override
  public Answer prune(Call call) {
    Filters filters = Filters.of(call.query(), PRUNE_FILTERS);
    List<String> moments = filters.get("until");
    if (moments.size() > 1) {
      throw new EngineException.InvalidParameter("more than one until filter specified");
    }
    Instant now = Instant.now();
    Optional<Instant> until = moments.stream().findFirst().map(text -> Timestamps.parse(text, now));
    JsonArrayBuilder deleted = JsonBuilders.array();
    for (Network network : registry.all()) {
      boolean old = until.map(Instant.parse(network.created())::isBefore).orElse(true);
      if (old && isDangling(network) && filters.labels(network.labels()) && removed(network)) {
        deleted.add(network.name());
      }
    }
    registry.publishPrune();
    return Answer.json(
        200,
        JsonBuilders.object()
            .add("NetworksDeleted", DocumentChanges.orNull(deleted.build()))
            .build());
  }

  /** False if somebody came meanwhile. */
  private boolean removed(Network network) {
    try {
      registry.remove(network);
      return true;
    } catch (EngineException.Forbidden e) {
      return false;
    }
  }
}
