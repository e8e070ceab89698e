package io.sockerless.backend.core.network;

import io.sockerless.backend.core.document.Documents;
import io.sockerless.engine.JsonBuilders;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.util.OptionalLong;

/**
 * One running container on one network.
 *
 * @param id 64 hexadecimal digits
 * @param address none on networks without addresses
 * @param mac the address that the container asked for, else made of the IPv4 address; empty without
 *     one
 */
record Endpoint(
    String id,
    String containerId,
    String containerName,
    OptionalLong address,
    int prefix,
    String mac) {

  private static final int SHORT_ID = 12;

  /** The MAC address that Docker makes of an IPv4 address. */
  static String mac(long address) {
    return "02:42:%02x:%02x:%02x:%02x"
        .formatted(address >> 24 & 0xff, address >> 16 & 0xff, address >> 8 & 0xff, address & 0xff);
  }

  Endpoint withName(String name) {
    return new Endpoint(id, containerId, name, address, prefix, mac);
  }

  String addressText() {
    return address.isPresent() ? Subnet.text(address.getAsLong()) : "";
  }

  /** As an error names it. */
  String named() {
    return "name:\"%s\" id:\"%s\"".formatted(containerName, id.substring(0, SHORT_ID));
  }

  /** Its line in a network's {@code Containers}. */
  JsonObject shown(String name) {
    return JsonBuilders.object()
        .add("Name", name)
        .add("EndpointID", id)
        .add("MacAddress", mac)
        .add("IPv4Address", address.isPresent() ? addressText() + "/" + prefix : "")
        .add("IPv6Address", "")
        .build();
  }

  /** A container's {@code EndpointSettings} with what was allocated. */
  JsonObject fill(JsonObject settings, Network network) {
    return allocation(
            JsonBuilders.object(settings),
            network.id(),
            id,
            network.internal() ? "" : network.gateway(),
            addressText(),
            prefix)
        .add("MacAddress", mac)
        .build();
  }

  /** A container's {@code EndpointSettings} without what was allocated. */
  static JsonObject clear(JsonObject settings) {
    JsonObjectBuilder cleared =
        allocation(
            JsonBuilders.object(settings), Documents.string(settings, "NetworkID"), "", "", "", 0);
    String address = Documents.string(settings, "IPAddress");
    boolean made =
        Subnet.address(address)
            .map(it -> mac(it).equals(Documents.string(settings, "MacAddress")))
            .orElse(false);
    return cleared
        .add("MacAddress", made ? "" : Documents.string(settings, "MacAddress"))
        .add("DNSNames", JsonValue.NULL)
        .build();
  }

  private static JsonObjectBuilder allocation(
      JsonObjectBuilder settings,
      String networkId,
      String endpointId,
      String gateway,
      String address,
      int prefix) {
    return settings
        .add("NetworkID", networkId)
        .add("EndpointID", endpointId)
        .add("Gateway", gateway)
        .add("IPAddress", address)
        .add("IPPrefixLen", prefix)
        .add("IPv6Gateway", "")
        .add("GlobalIPv6Address", "")
        .add("GlobalIPv6PrefixLen", 0);
  }
}
