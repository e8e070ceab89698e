package io.sockerless.backend.core.network;

import io.sockerless.backend.core.document.Documents;
import io.sockerless.backend.core.value.Ids;
import io.sockerless.engine.EngineException;
import io.sockerless.engine.JsonBuilders;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** The Docker API's {@code EndpointSettings}, as they are kept for a container. */
final class EndpointSettings {

  private static final String MAC = "MacAddress";

  private static final List<String> OPTIONAL =
      List.of("IPAMConfig", "Links", "Aliases", "DriverOpts");

  private EndpointSettings() {}

  /** What a client gave, whole, with all fields that clients read and nothing allocated. */
  static JsonObject prepare(JsonObject given) {
    JsonObjectBuilder prepared = JsonBuilders.object(given);
    OPTIONAL.forEach(name -> prepared.add(name, given.getOrDefault(name, JsonValue.NULL)));
    return Endpoint.clear(
        prepared
            .add("GwPriority", Documents.number(given, "GwPriority"))
            .add("IPAddress", "")
            .add("NetworkID", "")
            .build());
  }

  /**
   * The settings on a container's first network, with the MAC address that clients of old name for
   * the container as a whole.
   *
   * @throws EngineException.InvalidParameter if both are named and differ
   */
  static JsonObject withMac(JsonObject settings, JsonObject config, NetworkMode mode) {
    String wanted = Documents.string(config, MAC);
    String own = Documents.string(settings, MAC);
    if (wanted.isEmpty() || !mode.isBridge()) {
      return settings;
    }
    if (!own.isEmpty() && !own.equals(wanted)) {
      throw new EngineException.InvalidParameter(
          "the container-wide MAC address must match the endpoint-specific MAC address for the main"
              + " network, or be left empty");
    }
    return JsonBuilders.object(settings).add(MAC, wanted).build();
  }

  /**
   * The names that a container has on a network: none on the predefined ones, where Docker resolves
   * no names.
   */
  static Set<String> names(
      Network network, String containerId, String containerName, JsonObject settings) {
    Set<String> names = new LinkedHashSet<>();
    if (!network.isPredefined()) {
      names.add(containerName);
      names.addAll(Documents.strings(settings, "Aliases"));
      names.add(Ids.abbreviate(containerId));
      names.addAll(Documents.strings(settings, "DNSNames"));
    }
    return names;
  }

  /** What the container calls others on a network, {@code name:alias} or a name alone each. */
  static Map<String, String> links(JsonObject settings) {
    Map<String, String> links = new LinkedHashMap<>();
    for (String link : Documents.strings(settings, "Links")) {
      String[] parts = link.split(":", 2);
      links.putIfAbsent(parts[parts.length - 1], parts[0]);
    }
    return links;
  }

  /** The IPv4 addresses of the link that the container asked for beside its own. */
  static List<String> linkLocal(JsonObject settings) {
    return linkLocalAsked(settings).filter(address -> !address.contains(":")).toList();
  }

  /** All addresses of the link that it asked for, as they were written. */
  static Stream<String> linkLocalAsked(JsonObject settings) {
    return Documents.strings(Documents.object(settings, "IPAMConfig"), "LinkLocalIPs").stream();
  }

  /** The settings with the names that a container has from now on. */
  static JsonObject withNames(JsonObject settings, Set<String> names) {
    return JsonBuilders.object(settings)
        .add("DNSNames", names.isEmpty() ? JsonValue.NULL : JsonBuilders.array(names).build())
        .build();
  }
}
