package io.sockerless.backend.core.network;

import io.sockerless.backend.core.document.Documents;
import io.sockerless.engine.EngineException;
import jakarta.json.JsonObject;
import java.util.Collection;
import java.util.regex.Pattern;

/** What Docker does not let a container ask of its networks, in its words. */
final class EndpointRules {

  private static final Pattern MAC = Pattern.compile("(?i)[0-9a-f]{2}([:-][0-9a-f]{2}){5}");

  private static final Subnet LINK_LOCAL = Subnet.parse("169.254.0.0/16").orElseThrow();

  private EndpointRules() {}

  /**
   * Refuses settings that the network cannot fulfil, whoever is on it.
   *
   * @throws EngineException.InvalidParameter with the reason
   */
  static void check(Network network, JsonObject settings) {
    String address = Documents.string(Documents.object(settings, "IPAMConfig"), "IPv4Address");
    if (!address.isEmpty()) {
      checkAddress(network, address);
    }
    if (!Documents.string(Documents.object(settings, "IPAMConfig"), "IPv6Address").isEmpty()) {
      checkChoice(network);
    }
    EndpointSettings.linkLocalAsked(settings).forEach(EndpointRules::checkLinkLocal);
    if (network.isPredefined() && !Documents.strings(settings, "Aliases").isEmpty()) {
      throw invalid(
          "network-scoped alias is supported only for containers in user defined networks");
    }
  }

  private static void checkLinkLocal(String text) {
    if (text.contains(":")) {
      return; // IPv6, which containers have not.
    }
    long address =
        Subnet.address(text).orElseThrow(() -> invalid("invalid link-local IP address: " + text));
    if (!LINK_LOCAL.contains(address)) {
      throw invalid("invalid link local IP address: " + text);
    }
  }

  /**
   * Refuses a MAC address that is none.
   *
   * @param where what the message begins with
   * @throws EngineException.InvalidParameter with the reason
   */
  static void checkMac(String where, JsonObject settings) {
    String mac = Documents.string(settings, "MacAddress");
    if (!mac.isEmpty() && !MAC.matcher(mac).matches()) {
      throw invalid(where + "invalid MAC address " + mac);
    }
  }

  /**
   * Refuses an address that the network has not or does not let choose.
   *
   * @throws EngineException.InvalidParameter with the reason
   */
  static void checkAddress(Network network, String text) {
    checkChoice(network);
    long address = Subnet.address(text).orElseThrow(() -> invalid("invalid IPv4 address: " + text));
    if (network.subnet().filter(subnet -> subnet.contains(address)).isEmpty()) {
      throw invalid(
          "Invalid address " + text + ": It does not belong to any of this network's subnets");
    }
  }

  private static void checkChoice(Network network) {
    if (network.isPredefined()) {
      throw invalid("user specified IP address is supported on user defined networks only");
    }
    if (!network.configured()) {
      throw invalid(
          "user specified IP address is supported only when connecting to networks with user"
              + " configured subnets");
    }
  }

  /**
   * Refuses networks that one container cannot be on at once.
   *
   * @throws EngineException.InvalidParameter with the reason
   */
  static void checkTogether(Collection<String> networks) {
    if (networks.size() < 2) {
      return;
    }
    for (String network : networks) {
      switch (network) {
        case Network.HOST -> throw host();
        case Network.NONE ->
            throw invalid(
                "container cannot be connected to multiple networks with one of the networks in"
                    + " private (none) mode");
        default -> {}
      }
    }
  }

  /** The error of a container that would come to the host's network, or leave it. */
  static EngineException host() {
    return invalid(
        "container cannot be disconnected from host network or connected to host network");
  }

  /** The error of a container that has no network of its own. */
  static EngineException shared() {
    return invalid(
        "container sharing network namespace with another container or host cannot be connected to"
            + " any other network");
  }

  private static EngineException invalid(String message) {
    return new EngineException.InvalidParameter(message);
  }
}
