package io.sockerless.backend.core.network;

import io.sockerless.backend.core.document.Documents;
import io.sockerless.backend.core.driver.NetworkEndpoint;
import io.sockerless.engine.JsonBuilders;
import jakarta.json.JsonObject;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One network.
 *
 * @param document as the Docker API shows it, but for the containers
 * @param configured whether its creator chose the addresses, who may then ask for certain ones
 */
record Network(JsonObject document, boolean configured) {

  static final String BRIDGE = "bridge";
  static final String HOST = "host";
  static final String NONE = "none";

  /** The driver of {@link #NONE}. */
  static final String NULL = "null";

  /** The option that says how large a packet may be. */
  static final String MTU = "com.docker.network.driver.mtu";

  private static final Set<String> PREDEFINED = Set.of(BRIDGE, HOST, NONE);

  static Network stored(JsonObject row) {
    return new Network(Documents.object(row, "Network"), Documents.flag(row, "Configured"));
  }

  JsonObject row() {
    return JsonBuilders.object().add("Network", document).add("Configured", configured).build();
  }

  String id() {
    return Documents.string(document, "Id");
  }

  String name() {
    return Documents.string(document, "Name");
  }

  String driver() {
    return Documents.string(document, "Driver");
  }

  String created() {
    return Documents.string(document, "Created");
  }

  boolean internal() {
    return Documents.flag(document, "Internal");
  }

  /** The bytes of the largest packet; an option of 0, or of what is no size, says nothing. */
  int mtu() {
    String option = Documents.string(Documents.object(document, "Options"), MTU);
    return option.matches("0*[1-9][0-9]{0,8}")
        ? Integer.parseInt(option)
        : NetworkEndpoint.USUAL_MTU;
  }

  Map<String, String> labels() {
    return Documents.map(document, "Labels");
  }

  /** Whether it is always there. */
  boolean isPredefined() {
    return PREDEFINED.contains(name());
  }

  /** Whether its containers have addresses of their own. */
  boolean isBridge() {
    return driver().equals(BRIDGE);
  }

  /** The block of IPv4 addresses; none for networks without addresses. */
  Optional<Subnet> subnet() {
    return ipv4().flatMap(config -> Subnet.parse(Documents.string(config, "Subnet")));
  }

  /** The gateway's address, empty where there is none. */
  String gateway() {
    return ipv4().map(config -> Documents.string(config, "Gateway")).orElse("");
  }

  /** The addresses that are given out, with those that never are taken already. */
  Optional<AddressPool> pool() {
    return subnet()
        .map(subnet -> {
          JsonObject config = ipv4().orElseThrow();
          Subnet range = Subnet.parse(Documents.string(config, "IPRange")).orElse(subnet);
          AddressPool pool = new AddressPool(subnet, range);
          Subnet.address(gateway()).ifPresent(pool::take);
          Documents.map(config, "AuxiliaryAddresses").values().stream()
              .flatMap(text -> Subnet.address(text).stream())
              .forEach(pool::take);
          return pool;
        });
  }

  private Optional<JsonObject> ipv4() {
    return Documents.objects(Documents.object(document, "IPAM"), "Config").stream()
        .filter(config -> Subnet.parse(Documents.string(config, "Subnet")).isPresent())
        .findFirst();
  }

  /** The attributes of events about it. */
  Map<String, String> attributes() {
    return Map.of("name", name(), "type", driver());
  }
}
