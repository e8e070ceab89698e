package io.sockerless.backend.core.image;

import io.sockerless.backend.core.container.ContainerDirectory;
import io.sockerless.backend.core.registry.Digest;
import io.sockerless.backend.core.registry.ImageReference;
import io.sockerless.backend.core.value.Ids;
import io.sockerless.engine.EngineException;
import io.sockerless.wire.Headers;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Removes names and images by dockerd's rules.
 *
 * @see <a
 *     href="https://docs.docker.com/reference/api/engine/version/v1.51/#tag/Image/operation/ImageDelete">
 *     ImageDelete</a>
 */
final class ImageRemover {

  private final ImageStore images;
  private final ImageHolds holds;
  private final Supplier<ContainerDirectory> containers;
  private final ImageEvents events;

  ImageRemover(
      ImageStore images,
      ImageHolds holds,
      Supplier<ContainerDirectory> containers,
      ImageEvents events) {
    this.images = images;
    this.holds = holds;
    this.containers = containers;
    this.events = events;
  }

  /** What was done: a name taken away, or an image or one of its layers deleted. */
  record Step(boolean deleted, String what) {}

  /** How far a removal may go. */
  private record Rules(boolean force, boolean prune) {}

  /**
   * Removes a name, or an image by its id; with the last name goes the image.
   *
   * @param prune whether parents without a name go too
   * @throws EngineException.Conflict if somebody needs it, in dockerd's words
   */
  List<Step> remove(String reference, boolean force, boolean prune) {
    return images.exclusively(() -> removeNow(reference, new Rules(force, prune)));
  }

  private List<Step> removeNow(String reference, Rules rules) {
    ImageRecord image = images.resolve(reference);
    List<Step> steps = new ArrayList<>();
    boolean named = !isPrefix(image.id(), reference);
    if (named) {
      if (untag(image, ImageReference.parse(reference).exact(), reference, rules, steps)) {
        return steps;
      }
    } else {
      List<ImageReference> names = images.namesOf(image.id());
      if (isSingle(names)) {
        conflict(image, rules.force(), false).ifPresent(ImageRemover::refuse);
        names.forEach(name -> unname(image, name, steps));
      }
    }
    delete(image, rules, named, steps);
    return steps;
  }

  private static boolean isPrefix(Digest id, String reference) {
    return id.toString().startsWith(reference) || id.hex().startsWith(reference);
  }

  /** Takes one name away; true if others are left, so that the image stays. */
  private boolean untag(
      ImageRecord image, ImageReference name, String asked, Rules rules, List<Step> steps) {
    if (!rules.force() && isSingle(images.namesOf(image.id()))) {
      user(image, false)
          .ifPresent(container -> {
            throw conflictOf(
                "conflict: unable to remove repository reference \""
                    + asked
                    + "\" (must force) - container "
                    + shorten(container)
                    + " is using its referenced image "
                    + image.id().shortHex());
          });
    }
    unname(image, name, steps);
    List<ImageReference> left = images.namesOf(image.id());
    boolean tagged =
        left.stream()
            .anyMatch(
                other -> other.digest().isEmpty() && other.repository().equals(name.repository()));
    if (name.digest().isEmpty() && !tagged) {
      // Digests of a repository without a tag are of no more use.
      left.stream()
          .filter(other -> other.repository().equals(name.repository()))
          .forEach(other -> unname(image, other, steps));
    }
    return !images.namesOf(image.id()).isEmpty();
  }

  private void unname(ImageRecord image, ImageReference name, List<Step> steps) {
    images.unname(name);
    events.about("untag", image, image.id().toString());
    steps.add(new Step(false, name.familiar()));
  }

  /** Whether all names are of one repository, with one tag at most. */
  private static boolean isSingle(List<ImageReference> names) {
    Set<String> repositories = new HashSet<>();
    names.forEach(name -> repositories.add(name.repository()));
    long tags = names.stream().filter(name -> name.digest().isEmpty()).count();
    return names.size() <= 1 || (repositories.size() == 1 && tags <= 1);
  }

  /**
   * Deletes an image.
   *
   * @param quiet whether an image that must stay is no error, since a name was asked for and is
   *     gone
   */
  private void delete(ImageRecord image, Rules rules, boolean quiet, List<Step> steps) {
    Optional<Conflict> conflict = conflict(image, rules.force(), true);
    if (conflict.isPresent()) {
      boolean dangling =
          images.namesOf(image.id()).isEmpty() && images.children(image.id()).isEmpty();
      if (quiet && (!dangling || conflict.get().used())) {
        return;
      }
      refuse(conflict.get());
    }
    images.namesOf(image.id()).forEach(name -> unname(image, name, steps));
    holds.removing(image);
    images.remove(image.id());
    events.about("delete", image, image.id().toString());
    steps.add(new Step(true, image.id().toString()));
    unusedLayers(image).forEach(chain -> steps.add(new Step(true, chain.toString())));
    Optional<ImageRecord> parent = images.byId(image.parent());
    if (rules.prune()
        && parent.isPresent()
        && images.namesOf(parent.get().id()).isEmpty()
        && !holds.isHeld(parent.get())) {
      delete(parent.get(), new Rules(false, true), true, steps);
    }
  }

  private record Conflict(Digest image, boolean hard, boolean used, String message) {}

  private Optional<Conflict> conflict(ImageRecord image, boolean force, boolean names) {
    if (!images.children(image.id()).isEmpty()) {
      return Optional.of(new Conflict(image.id(), true, false, "image has dependent child images"));
    }
    Optional<ContainerDirectory.Entry> running = user(image, true);
    if (running.isPresent()) {
      return Optional.of(
          new Conflict(
              image.id(),
              true,
              true,
              "image is being used by running container " + shorten(running.get())));
    }
    if (force) {
      return Optional.empty();
    }
    if (names && !images.namesOf(image.id()).isEmpty()) {
      return Optional.of(
          new Conflict(image.id(), false, false, "image is referenced in multiple repositories"));
    }
    return user(image, false)
        .map(container ->
            new Conflict(
                image.id(),
                false,
                true,
                "image is being used by stopped container " + shorten(container)));
  }

  private static void refuse(Conflict conflict) {
    throw conflictOf(
        "conflict: unable to delete "
            + conflict.image().shortHex()
            + (conflict.hard() ? " (cannot be forced) - " : " (must be forced) - ")
            + conflict.message());
  }

  private static EngineException conflictOf(String message) {
    return EngineException.of(409, message, Headers.empty());
  }

  private Optional<ContainerDirectory.Entry> user(ImageRecord image, boolean running) {
    return containers.get().all().stream()
        .filter(container -> container.imageId().equals(image.id().toString()))
        .filter(container -> !running || container.isRunning())
        .findFirst();
  }

  private static String shorten(ContainerDirectory.Entry container) {
    return Ids.abbreviate(container.id());
  }

  /** The chain ids of layers that no image has any more, the highest first. */
  private List<Digest> unusedLayers(ImageRecord image) {
    Set<Digest> used = new HashSet<>();
    images.all().forEach(other -> used.addAll(chain(other.diffIds())));
    List<Digest> unused = new ArrayList<>(chain(image.diffIds()));
    unused.removeAll(used);
    return unused.reversed();
  }

  /**
   * The digest of each layer together with all below it.
   *
   * @see <a href="https://github.com/opencontainers/image-spec/blob/main/config.md#layer-chainid">
   *     layer ChainID</a>
   */
  private static List<Digest> chain(List<Digest> diffIds) {
    List<Digest> chain = new ArrayList<>();
    for (Digest diffId : diffIds) {
      chain.add(chain.isEmpty() ? diffId : Digest.sha256(chain.getLast() + " " + diffId));
    }
    return chain;
  }
}
