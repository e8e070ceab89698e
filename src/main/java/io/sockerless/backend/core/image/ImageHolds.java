package io.sockerless.backend.core.image;

import io.sockerless.backend.core.container.ContainerDirectory;
import io.sockerless.backend.core.container.ImageSource.Image;
import io.sockerless.backend.core.store.Store;
import io.sockerless.backend.core.store.Table;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * What containers are made of, which outlives the image's removal for as long as the container is
 * there.
 */
final class ImageHolds {

  private final Table table;
  private final Supplier<ContainerDirectory> containers;
  private final ConcurrentSkipListMap<String, Image> held = new ConcurrentSkipListMap<>();
  private final Set<String> fresh = ConcurrentHashMap.newKeySet();

  ImageHolds(Store store, Supplier<ContainerDirectory> containers) {
    this.table = store.table("image-holds");
    this.containers = containers;
    table.forEach((id, stored) ->
        held.put(id, new Image(stored.getString("Id"), stored.getJsonObject("Document"))));
  }

  /** The container needs the image's layers. */
  void hold(Image image, String containerId) {
    fresh.add(containerId);
    JsonObject stored =
        Json.createObjectBuilder().add("Id", image.id()).add("Document", image.document()).build();
    table.put(containerId, stored);
    held.put(containerId, image);
  }

  /** The container is gone. */
  void release(String containerId) {
    fresh.remove(containerId);
    table.remove(containerId);
    held.remove(containerId);
  }

  /** An image that is held, by its whole id. */
  Optional<Image> find(String imageId) {
    return held.values().stream().filter(image -> image.id().equals(imageId)).findFirst();
  }

  /** The images that containers need; forgets the containers that are gone. */
  Set<Image> needed() {
    Set<String> there =
        containers.get().all().stream()
            .map(ContainerDirectory.Entry::id)
            .collect(Collectors.toSet());
    // A container is held for before it is listed.
    fresh.removeAll(there);
    for (String id : held.keySet()) {
      if (!there.contains(id) && !fresh.contains(id)) {
        release(id);
      }
    }
    return Set.copyOf(held.values());
  }
}
