package io.sockerless.backend.core.container;

import io.sockerless.backend.core.document.Documents;
import io.sockerless.backend.core.driver.ContainerProcess;
import io.sockerless.backend.core.driver.NetworkEndpoint;
import io.sockerless.engine.EngineException;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** One network, {@code bridge}; the port 99 is taken. */
public final class FakeNetworks implements NetworkSource {

  private final List<String> events;

  /** Whether anybody outside can reach what is on them. */
  public volatile boolean outside = true;

  /** Whose ports were closed. */
  public final List<String> unpublished = new CopyOnWriteArrayList<>();

  public FakeNetworks(List<String> events) {
    this.events = events;
  }

  @Override
  public JsonObject prepare(JsonObject config, JsonObject hostConfig, JsonObject networkingConfig) {
    String mode = hostConfig.getString("NetworkMode", "");
    if (mode.startsWith("container:")) {
      return JsonValue.EMPTY_JSON_OBJECT;
    }
    String name = mode.equals("own") ? "own" : "bridge";
    return Json.createObjectBuilder().add(name, JsonValue.EMPTY_JSON_OBJECT).build();
  }

  @Override
  public JsonObject join(
      String containerId, String containerName, String hostname, JsonObject networks) {
    events.add("network connect");
    JsonObjectBuilder joined = Json.createObjectBuilder();
    for (String name : networks.keySet()) {
      joined.add(
          name, Json.createObjectBuilder().add("IPAddress", "172.17.0.2").add("NetworkID", "abc"));
    }
    return joined.build();
  }

  @Override
  public JsonObject renamed(
      String containerId, String containerName, String hostname, JsonObject networks) {
    return networks;
  }

  @Override
  public List<NetworkEndpoint> endpoints(
      String containerId, String containerName, JsonObject networks) {
    return List.of(
        new NetworkEndpoint(
            "abc", "bridge", "172.17.0.2", 16, "172.17.0.1", "", List.of(), Map.of()));
  }

  @Override
  public void leave(String containerId, JsonObject networks) {
    events.add("network disconnect");
  }

  @Override
  public JsonObject released(JsonObject networks) {
    JsonObjectBuilder released = Json.createObjectBuilder();
    for (String name : networks.keySet()) {
      released.add(name, Json.createObjectBuilder().add("NetworkID", "abc"));
    }
    return released.build();
  }

  @Override
  public JsonObject publish(
      String containerId, JsonObject config, JsonObject hostConfig, ContainerProcess process) {
    if (!outside) {
      return JsonValue.EMPTY_JSON_OBJECT;
    }
    JsonObject bindings = Documents.object(hostConfig, "PortBindings");
    if (bindings.containsKey("99/tcp")) {
      throw new EngineException.Failure(500, "port is already allocated");
    }
    return bindings;
  }

  @Override
  public boolean isReachable(String containerId) {
    return outside;
  }

  @Override
  public void unpublish(String containerId) {
    unpublished.add(containerId);
  }
}
