package io.sockerless.backend.core.image;

import io.sockerless.backend.core.registry.Digest;
import io.sockerless.backend.core.registry.ImageReference;
import io.sockerless.backend.core.store.Changes;
import io.sockerless.backend.core.store.Store;
import io.sockerless.backend.core.store.Table;
import io.sockerless.engine.EngineException;
import io.sockerless.engine.JsonBuilders;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * The images that are here, and their names. A name moves from one image to another in one step,
 * and what is done {@link #exclusively} is one change to a server that is killed. Reads take no
 * lock.
 */
final class ImageStore {

  private static final Pattern ID_PREFIX = Pattern.compile("(?:sha256:)?([0-9a-f]{1,64})");

  private final ReentrantLock lock = new ReentrantLock();
  private final Clock clock;
  private final Table imageTable;
  private final Table nameTable;

  /** What the steps under the lock have changed so far. */
  private final Changes changes;

  private final ConcurrentSkipListMap<String, ImageRecord> images = new ConcurrentSkipListMap<>();
  private final ConcurrentSkipListMap<String, String> names = new ConcurrentSkipListMap<>();

  /** Reads what the store has. */
  ImageStore(Store store, Clock clock) {
    this.clock = clock;
    imageTable = store.table("images");
    nameTable = store.table("image-names");
    changes = store.changes();
    read();
  }

  private void read() {
    imageTable.forEach((id, stored) -> images.put(id, ImageRecord.of(stored)));
    nameTable.forEach((name, stored) -> names.put(name, stored.getString("Id")));
    // Earlier servers may have died between the removal of an image and that of its names.
    names.entrySet().removeIf(name -> !images.containsKey(name.getValue()));
  }

  /** All images, by id. */
  Collection<ImageRecord> all() {
    return images.values();
  }

  /** All names, as they are written out, to ids. */
  Map<String, String> allNames() {
    return names;
  }

  /** The image of a whole id. */
  Optional<ImageRecord> byId(String id) {
    return Optional.ofNullable(images.get(id));
  }

  /** The names of an image, in order. */
  List<ImageReference> namesOf(Digest id) {
    String text = id.toString();
    return names.entrySet().stream()
        .filter(name -> name.getValue().equals(text))
        .map(name -> ImageReference.parse(name.getKey()))
        .toList();
  }

  /** The image that has exactly this name. */
  Optional<ImageRecord> byName(ImageReference name) {
    return Optional.ofNullable(names.get(name.exact().toString())).flatMap(this::byId);
  }

  /** The images that were built from one here. */
  List<ImageRecord> children(Digest id) {
    return images.values().stream().filter(i -> i.parent().equals(id.toString())).toList();
  }

  /**
   * The image of a name, an id, or a part of an id.
   *
   * @throws EngineException.NotFound in Docker's words
   */
  ImageRecord resolve(String reference) {
    return find(reference)
        .orElseThrow(() -> new EngineException.NotFound("No such image: " + shown(reference)));
  }

  /** The same, if it is there. */
  Optional<ImageRecord> find(String reference) {
    if (Digest.parse(reference).isPresent()) {
      return byId(reference);
    }
    if (reference.length() == 64 && isIdPrefix(reference)) {
      return byId("sha256:" + reference);
    }
    if (reference.startsWith("sha256:")) {
      return byPrefix(reference);
    }
    return byName(ImageReference.parse(reference))
        .or(() -> inRepository(reference))
        .or(() -> byPrefix(reference));
  }

  /** A name with the digest of the image's configuration in place of its manifest's. */
  private Optional<ImageRecord> inRepository(String reference) {
    int at = reference.indexOf('@');
    if (at < 0) {
      return Optional.empty();
    }
    String repository = ImageReference.parse(reference).repository();
    return byId(reference.substring(at + 1))
        .filter(
            image -> namesOf(image.id()).stream().anyMatch(n -> n.repository().equals(repository)));
  }

  private Optional<ImageRecord> byPrefix(String reference) {
    var matcher = ID_PREFIX.matcher(reference);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String prefix = "sha256:" + matcher.group(1);
    SortedMap<String, ImageRecord> found = images.subMap(prefix, prefix + "g");
    if (found.size() > 1) {
      throw new EngineException.InvalidParameter(
          "ambiguous reference: " + reference + " is the beginning of several images' ids");
    }
    return found.values().stream().findFirst();
  }

  private static boolean isIdPrefix(String reference) {
    return ID_PREFIX.matcher(reference).matches();
  }

  /**
   * Does several steps as one, as far as changes by others are concerned, and what is there after a
   * kill: to look whether something may be done, and to do it.
   */
  <T> T exclusively(Supplier<T> steps) {
    lock.lock();
    try {
      return steps.get();
    } finally {
      try {
        if (lock.getHoldCount() == 1) {
          commit();
        }
      } finally {
        lock.unlock();
      }
    }
  }

  private void commit() {
    boolean done = false;
    try {
      changes.commit();
      done = true;
    } finally {
      if (!done) {
        images.clear();
        names.clear();
        read();
      }
    }
  }

  private void change(Runnable steps) {
    exclusively(() -> {
      steps.run();
      return true;
    });
  }

  private static String shown(String reference) {
    try {
      return reference.startsWith("sha256:") || reference.length() == 64
          ? reference
          : ImageReference.parse(reference).withDefaultTag().familiar();
    } catch (EngineException e) {
      return reference;
    }
  }

  /** Adds an image or replaces what is known of it. */
  void put(ImageRecord image) {
    change(() -> {
      changes.put(imageTable, image.id().toString(), image.stored());
      images.put(image.id().toString(), image);
    });
  }

  /** The same, with a name that somebody here has given it. */
  void put(ImageRecord image, Optional<ImageReference> name) {
    change(() -> {
      put(image);
      name.ifPresent(it -> name(it, image.id(), true));
    });
  }

  /** Remembers the manifest of an image, unless it has been removed meanwhile. */
  void manifest(Digest id, Digest manifest) {
    change(() -> byId(id.toString()).ifPresent(image -> put(image.withManifest(manifest))));
  }

  /**
   * Gives an image a name, exactly; it leaves whatever had it.
   *
   * @param byHand whether somebody here named it, rather than a registry
   * @throws EngineException.NotFound if the image has been removed meanwhile
   */
  void name(ImageReference name, Digest id, boolean byHand) {
    change(() -> {
      if (!images.containsKey(id.toString())) {
        throw new EngineException.NotFound("No such image: " + id);
      }
      String text = name.exact().toString();
      changes.put(nameTable, text, JsonBuilders.object().add("Id", id.toString()).build());
      names.put(text, id.toString());
      if (byHand) {
        byId(id.toString()).ifPresent(image -> put(image.tagged(clock.instant())));
      }
    });
  }

  /** Takes a name away. */
  void unname(ImageReference name) {
    change(() -> {
      String text = name.exact().toString();
      changes.remove(nameTable, text);
      names.remove(text);
    });
  }

  /** Forgets an image and its names. */
  void remove(Digest id) {
    change(() -> {
      changes.remove(imageTable, id.toString());
      images.remove(id.toString());
      namesOf(id).forEach(this::unname);
    });
  }
}
