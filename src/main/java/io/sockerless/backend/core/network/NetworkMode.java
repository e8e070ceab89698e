package io.sockerless.backend.core.network;

import io.sockerless.backend.core.document.Documents;
import jakarta.json.JsonObject;
import java.util.Optional;

/**
 * {@code HostConfig.NetworkMode}: the network that a container begins with, or another container
 * whose networks it shares.
 *
 * @param network empty if it shares
 * @param sharedContainer its id or name
 */
record NetworkMode(String network, Optional<String> sharedContainer) {

  private static final String CONTAINER = "container:";

  static NetworkMode of(JsonObject hostConfig) {
    String mode = Documents.string(hostConfig, "NetworkMode");
    if (mode.startsWith(CONTAINER)) {
      return new NetworkMode("", Optional.of(mode.substring(CONTAINER.length())));
    }
    boolean standard = mode.isEmpty() || mode.equals("default");
    return new NetworkMode(standard ? Network.BRIDGE : mode, Optional.empty());
  }

  /** Whether what it begins with is a bridge, where it has an address of its own. */
  boolean isBridge() {
    return switch (network) {
      case "", Network.HOST, Network.NONE -> false;
      default -> true;
    };
  }
}
