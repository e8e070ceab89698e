package io.sockerless.backend.memory.files;

import io.sockerless.backend.core.driver.ContainerSpec;
import io.sockerless.backend.core.driver.MountPoint;
import io.sockerless.backend.memory.fs.DeviceOpener;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Makes containers for tests of their files. */
final class Containers {

  private Containers() {}

  static ContainerTrees trees() {
    return new ContainerTrees(DeviceOpener.NONE);
  }

  static ContainerSpec spec(Path folder, List<Path> layers, MountPoint... mounts) {
    return spec(folder, layers, JsonValue.EMPTY_JSON_OBJECT, mounts);
  }

  static ContainerSpec readOnly(Path folder, List<Path> layers) {
    return spec(folder, layers, Json.createObjectBuilder().add("ReadonlyRootfs", true).build());
  }

  static ContainerSpec spec(
      Path folder, List<Path> layers, JsonObject hostConfig, MountPoint... mounts) {
    return new ContainerSpec(
        "0".repeat(64),
        "test",
        JsonValue.EMPTY_JSON_OBJECT,
        hostConfig,
        layers,
        List.of(mounts),
        folder,
        "test",
        Map.of(),
        List.of());
  }
}
