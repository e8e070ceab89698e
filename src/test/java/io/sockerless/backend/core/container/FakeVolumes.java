package io.sockerless.backend.core.container;

import io.sockerless.backend.core.driver.MountPoint;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** No volumes; remembers whose were removed. */
public final class FakeVolumes implements VolumeSource {

  /** The containers whose volumes without a name were removed. */
  public final List<String> removed = new CopyOnWriteArrayList<>();

  @Override
  public JsonArray prepare(
      String containerId,
      JsonObject config,
      JsonObject hostConfig,
      Function<String, JsonArray> others) {
    return JsonValue.EMPTY_JSON_ARRAY;
  }

  @Override
  public List<MountPoint> mountPoints(JsonArray mounts, JsonObject hostConfig) {
    return List.of();
  }

  @Override
  public void removeAnonymous(String containerId, JsonArray mounts) {
    removed.add(containerId);
  }
}
