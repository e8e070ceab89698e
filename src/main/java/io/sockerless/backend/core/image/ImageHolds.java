package io.sockerless.backend.core.image;

import io.sockerless.backend.core.container.ContainerDirectory;
import io.sockerless.backend.core.container.ImageSource.Image;
import io.sockerless.backend.core.store.Store;
import io.sockerless.backend.core.store.Table;
import io.sockerless.engine.JsonBuilders;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * What containers are made of: an image that is removed by force remains for its containers, out of
 * everybody else's sight, until the last of them is gone.
 */
final class ImageHolds {

  private final Table remains;
  private final Supplier<ContainerDirectory> containers;

  /** Containers are held for before they are listed. */
  private final Map<String, String> unlisted = new ConcurrentHashMap<>();

  ImageHolds(Store store, Supplier<ContainerDirectory> containers) {
    this.remains = store.table("image-remains");
    this.containers = containers;
  }

  /** The container needs the image's layers. */
  void hold(Image image, String containerId) {
    unlisted.put(containerId, image.id());
  }

  /** Whether somebody needs the image who is not listed among the containers. */
  boolean isHeld(ImageRecord image) {
    return unlisted.containsValue(image.id().toString());
  }

  /** The container is gone. */
  void release(String containerId) {
    unlisted.remove(containerId);
  }

  /** An image is about to be removed: keeps it for those who need it, if there are any. */
  void removing(ImageRecord image) {
    if (users().contains(image.id().toString())) {
      remains.put(
          image.id().toString(), JsonBuilders.object().add("Document", image.document()).build());
    }
  }

  /** An image that remains for its containers, by its whole id. */
  Optional<Image> find(String imageId) {
    return remains.get(imageId).map(stored -> new Image(imageId, stored.getJsonObject("Document")));
  }

  /** The images that remain; forgets those that no container needs any more. */
  Set<Image> remaining() {
    Set<String> users = users();
    Set<Image> needed = new HashSet<>();
    for (String id : remains.ids()) {
      if (users.contains(id)) {
        find(id).ifPresent(needed::add);
      } else {
        remains.remove(id);
      }
    }
    return needed;
  }

  /** The ids of the images that containers are made of. */
  private Set<String> users() {
    Set<String> images = new HashSet<>();
    for (ContainerDirectory.Entry container : containers.get().all()) {
      images.add(container.imageId());
      unlisted.remove(container.id());
    }
    images.addAll(unlisted.values());
    return images;
  }
}
