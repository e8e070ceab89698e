package io.sockerless.backend.core.network;

import io.sockerless.backend.core.document.Documents;
import io.sockerless.backend.core.value.GoValues;
import io.sockerless.backend.core.value.Ids;
import io.sockerless.engine.EngineException;
import io.sockerless.engine.JsonBuilders;
import io.sockerless.wire.Headers;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * A network that somebody wants, checked by itself; what it takes of others is decided by {@link
 * #network}.
 *
 * @param body as the Docker API has it, whole
 */
record NetworkRequest(JsonObject body) {

  private static final String ICC = "com.docker.network.bridge.enable_icc";

  /**
   * Reads the body of {@code POST /networks/create}.
   *
   * @throws EngineException.InvalidParameter in Docker's words
   * @throws EngineException.NotFound for a driver that is not there
   * @throws EngineException.NotImplemented for what needs a swarm
   */
  static NetworkRequest of(JsonObject body) {
    NetworkRequest request = new NetworkRequest(body);
    request.checkName();
    request.checkDriver();
    request.checkKind();
    List<String> problems = new ArrayList<>();
    request.configs().forEach(config -> problems.addAll(Ipam.problems(config)));
    if (!problems.isEmpty()) {
      throw new EngineException.InvalidParameter(
          "invalid network config:\n" + String.join("\n", problems));
    }
    if (request.configs().size() > 1) {
      throw forbidden("bridge driver doesn't support multiple subnets");
    }
    return request;
  }

  String name() {
    return Documents.string(body, "Name");
  }

  private void checkName() {
    if (name().isBlank()) {
      throw new EngineException.InvalidParameter("invalid name: name is empty");
    }
    switch (name()) {
      case "bridge", "host", "none", "default" ->
          throw forbidden("operation is not permitted on predefined " + name() + " network ");
      default -> {}
    }
  }

  private void checkDriver() {
    String driver = Documents.string(body, "Driver");
    switch (driver) {
      case "", "bridge", "default" -> {}
      case "host", "null" ->
          throw forbidden("only one instance of \"" + driver + "\" network is allowed");
      default -> throw new EngineException.NotFound("plugin \"" + driver + "\" not found");
    }
    String ipam = Documents.string(Documents.object(body, "IPAM"), "Driver");
    if (!ipam.isEmpty() && !ipam.equals("default")) {
      throw new EngineException.NotFound("plugin \"" + ipam + "\" not found");
    }
  }

  private void checkKind() {
    String from = Documents.string(Documents.object(body, "ConfigFrom"), "Network");
    if (Documents.flag(body, "ConfigOnly") || !from.isEmpty()) {
      throw new EngineException.NotImplemented(
          "networks that only configure others are not served by this backend");
    }
    checkMtu();
    String scope = Documents.string(body, "Scope");
    if (Documents.flag(body, "Ingress") || !(scope.isEmpty() || scope.equals("local"))) {
      throw new EngineException.NotImplemented(
          "networks of a swarm are not served by this backend: it has no swarm");
    }
    if (JsonValue.FALSE.equals(body.get("EnableIPv4"))) {
      throw new EngineException.NotImplemented(
          "networks without IPv4 are not served by this backend");
    }
  }

  private void checkMtu() {
    String mtu = Documents.string(Documents.object(body, "Options"), Network.MTU);
    if (!mtu.matches("[+-]?[0-9]+|")) {
      throw new EngineException.InvalidParameter(
          "failed to parse %s value: %s (%s)"
              .formatted(Network.MTU, mtu, GoValues.noNumber("Atoi", mtu).text()));
    }
    if (mtu.matches("-0*[1-9][0-9]*")) {
      throw new EngineException.InvalidParameter("invalid MTU number: " + mtu);
    }
  }

  /** The IPv4 blocks that were asked for; those of IPv6 stay in the document alone. */
  private List<JsonObject> configs() {
    return Documents.objects(Documents.object(body, "IPAM"), "Config").stream()
        .filter(config -> !Documents.string(config, "Subnet").contains(":"))
        .toList();
  }

  /** What the creator is warned of, empty for nothing. */
  String warning() {
    List<String> warnings = new ArrayList<>();
    if (Documents.flag(body, "EnableIPv6")) {
      warnings.add("IPv6 is not served by this backend: containers get IPv4 addresses alone");
    }
    if (Documents.string(Documents.object(body, "Options"), ICC).equals("false")) {
      warnings.add(
          ICC + " has no effect in this backend: containers of a network reach each other");
    }
    return String.join("\n", warnings);
  }

  /**
   * The network, with its addresses.
   *
   * @param taken the blocks of all other networks
   * @throws EngineException.Forbidden if the wanted block overlaps
   */
  Network network(Collection<Subnet> taken) {
    JsonObject config = configs().stream().findFirst().orElse(JsonValue.EMPTY_JSON_OBJECT);
    Optional<Subnet> wanted = Subnet.parse(Documents.string(config, "Subnet"));
    wanted
        .filter(subnet -> taken.stream().anyMatch(subnet::overlaps))
        .ifPresent(subnet -> {
          throw forbidden(
              "invalid pool request: Pool overlaps with other one on this address space");
        });
    Subnet subnet =
        wanted
            .or(() -> DefaultSubnets.free(taken))
            .orElseThrow(() ->
                new EngineException.NotFound(
                    "could not find an available, non-overlapping IPv4 address pool among the"
                        + " defaults to assign to the network"));
    JsonObject complete = Ipam.complete(config, subnet);
    return new Network(document(complete), wanted.isPresent());
  }

  private JsonObject document(JsonObject ipv4) {
    JsonObject ipam = Documents.object(body, "IPAM");
    JsonArrayBuilder configs = JsonBuilders.array().add(ipv4);
    Documents.objects(ipam, "Config").stream()
        .filter(config -> Documents.string(config, "Subnet").contains(":"))
        .forEach(configs::add);
    JsonObjectBuilder document =
        document(
            name(),
            "bridge",
            JsonBuilders.object()
                .add("Driver", "default")
                .add("Options", ipam.getOrDefault("Options", JsonValue.NULL))
                .add("Config", configs));
    return document
        .add("Internal", Documents.flag(body, "Internal"))
        .add("Attachable", Documents.flag(body, "Attachable"))
        .add("Options", Documents.object(body, "Options"))
        .add("Labels", Documents.object(body, "Labels"))
        .build();
  }

  /** A new network's document with nothing special about it. */
  static JsonObjectBuilder document(String name, String driver, JsonObjectBuilder ipam) {
    return JsonBuilders.object()
        .add("Name", name)
        .add("Id", Ids.random())
        .add("Created", Instant.now().toString())
        .add("Scope", "local")
        .add("Driver", driver)
        .add("EnableIPv4", true)
        .add("EnableIPv6", false)
        .add("IPAM", ipam)
        .add("Internal", false)
        .add("Attachable", false)
        .add("Ingress", false)
        .add("ConfigFrom", JsonBuilders.object().add("Network", ""))
        .add("ConfigOnly", false)
        .add("Options", JsonValue.EMPTY_JSON_OBJECT)
        .add("Labels", JsonValue.EMPTY_JSON_OBJECT);
  }

  private static EngineException forbidden(String message) {
    return EngineException.of(403, message, Headers.empty());
  }
}
