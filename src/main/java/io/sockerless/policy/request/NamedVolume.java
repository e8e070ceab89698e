package io.sockerless.policy.request;

import io.sockerless.engine.JsonBuilders;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.Optional;

/**
 * A volume that a container's request names, as it would be made on the way. It has to be made
 * beforehand, with its owner's label, and yet as the request says.
 *
 * @param options its {@code VolumeOptions}; empty if it is named in {@code Binds}
 * @param standard the driver of volumes whose own is not named
 */
record NamedVolume(String name, Fields options, String standard) {

  /** Finds it in the body of a container's creation. */
  static NamedVolume of(String name, Fields body) {
    Fields host = body.fields("HostConfig");
    Optional<Fields> mount =
        host.list("Mounts").stream().filter(it -> it.text("Source").equals(name)).findFirst();
    String driver = host.text("VolumeDriver");
    return new NamedVolume(
        name,
        mount.map(it -> it.fields("VolumeOptions")).orElse(new Fields(JsonValue.EMPTY_JSON_OBJECT)),
        driver.isEmpty() || mount.isPresent() ? "local" : driver);
  }

  /** The body of a request for it alone, with one more label. */
  JsonObject document(String label, String value) {
    Fields driver = options.fields("DriverConfig");
    String named = driver.text("Name");
    return JsonBuilders.object()
        .add("Name", name)
        .add("Driver", named.isEmpty() ? standard : named)
        .add("DriverOpts", driver.fields("Options").object())
        .add("Labels", JsonBuilders.object(options.fields("Labels").object()).add(label, value))
        .build();
  }
}
