package io.sockerless.backend.core.volume;

import io.sockerless.backend.core.container.ContainerDirectory;
import io.sockerless.backend.core.document.Documents;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Who uses which volume at one moment, running or not.
 *
 * @param containers the containers' ids by the volume's name
 */
record VolumeUsers(Map<String, List<String>> containers) {

  /** Reads the mounts of all containers that pass. */
  static VolumeUsers of(
      ContainerDirectory directory, Predicate<ContainerDirectory.Entry> containers) {
    Map<String, List<String>> users = new TreeMap<>();
    directory.all().stream()
        .filter(containers)
        .forEach(container ->
            names(container.mounts())
                .forEach(name ->
                    users.computeIfAbsent(name, key -> new ArrayList<>()).add(container.id())));
    return new VolumeUsers(users);
  }

  /** The names of the volumes among mounts. */
  static List<String> names(JsonArray mounts) {
    return volumes(mounts).stream().map(mount -> Documents.string(mount, "Name")).toList();
  }

  /** The volumes among mounts. */
  static List<JsonObject> volumes(JsonArray mounts) {
    return Documents.objects(mounts).stream()
        .filter(mount -> Documents.string(mount, "Type").equals("volume"))
        .toList();
  }

  List<String> of(String volume) {
    return containers.getOrDefault(volume, List.of());
  }
}
