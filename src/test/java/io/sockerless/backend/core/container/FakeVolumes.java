package io.sockerless.backend.core.container;

import io.sockerless.backend.core.document.Documents;
import io.sockerless.backend.core.driver.MountPoint;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** The volumes that a configuration asks for, which nothing keeps; remembers whose were removed. */
public final class FakeVolumes implements VolumeSource {

  /** The containers whose volumes without a name were removed. */
  public final List<String> removed = new CopyOnWriteArrayList<>();

  @Override
  public JsonArray prepare(
      String containerId,
      JsonObject config,
      JsonObject hostConfig,
      Function<String, JsonArray> others) {
    JsonArrayBuilder mounts = Json.createArrayBuilder();
    Documents.object(config, "Volumes")
        .keySet()
        .forEach(path ->
            mounts.add(
                Json.createObjectBuilder()
                    .add("Type", "volume")
                    .add("Name", "0".repeat(64))
                    .add("Destination", path)));
    return mounts.build();
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
