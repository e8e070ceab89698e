package io.sockerless.backend.core.network;

import io.sockerless.backend.core.document.Documents;
import io.sockerless.backend.core.value.JoinedContainer;
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

  static NetworkMode of(JsonObject hostConfig) {
    String mode = Documents.string(hostConfig, "NetworkMode");
    Optional<String> joined = JoinedContainer.of(mode);
    if (joined.isPresent()) {
      return new NetworkMode("", joined);
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
