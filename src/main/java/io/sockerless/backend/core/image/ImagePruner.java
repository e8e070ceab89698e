package io.sockerless.backend.core.image;

import io.sockerless.backend.core.container.ContainerDirectory;
import io.sockerless.backend.core.registry.Digest;
import io.sockerless.backend.core.registry.ImageReference;
import io.sockerless.backend.core.value.Filters;
import io.sockerless.backend.core.value.Timestamps;
import io.sockerless.engine.EngineException;
import io.sockerless.engine.Query;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Removes the images that nothing uses. */
final class ImagePruner {

  private static final Set<String> FILTERS = Set.of("dangling", "label", "label!", "until");

  private final ImageStore images;
  private final ContentStore content;
  private final ImageRemover remover;
  private final Supplier<ContainerDirectory> containers;
  private final Clock clock;

  ImagePruner(
      ImageStore images,
      ContentStore content,
      ImageRemover remover,
      Supplier<ContainerDirectory> containers,
      Clock clock) {
    this.images = images;
    this.content = content;
    this.remover = remover;
    this.containers = containers;
    this.clock = clock;
  }

  /**
   * What went.
   *
   * @param freed the bytes of the layers that no image has any more
   */
  record Result(List<ImageRemover.Step> steps, long freed) {}

  /** Prunes by the filters of the query: images without a tag, or all with {@code dangling=0}. */
  Result prune(Query query) {
    Filters filters = Filters.of(query, FILTERS);
    boolean dangling = filters.flag("dangling", true);
    List<Instant> until =
        filters.get("until").stream().map(t -> Timestamps.parse(t, clock.instant())).toList();
    Set<String> used =
        containers.get().all().stream()
            .map(ContainerDirectory.Entry::imageId)
            .collect(Collectors.toSet());
    Set<Digest> before = layers();
    List<ImageRemover.Step> steps = new ArrayList<>();
    for (ImageRecord image : List.copyOf(images.all())) {
      if (!used.contains(image.id().toString())
          && images.children(image.id()).isEmpty()
          && until.stream().allMatch(time -> image.created().isBefore(time))
          && filters.labels(image.labels())) {
        prune(image, dangling, steps);
      }
    }
    before.removeAll(layers());
    return new Result(steps, before.stream().mapToLong(content::layerSize).sum());
  }

  private void prune(ImageRecord image, boolean dangling, List<ImageRemover.Step> steps) {
    List<ImageReference> names = images.namesOf(image.id());
    boolean tagged = names.stream().anyMatch(name -> name.digest().isEmpty());
    if (dangling && tagged) {
      return;
    }
    List<String> references =
        names.isEmpty()
            ? List.of(image.id().toString())
            : names.stream().map(ImageReference::toString).toList();
    for (String reference : references) {
      try {
        steps.addAll(remover.remove(reference, false, true));
      } catch (EngineException.Conflict | EngineException.NotFound e) {
        // Somebody has come to use it, or the name went with the one before.
      }
    }
  }

  private Set<Digest> layers() {
    return images.all().stream()
        .flatMap(image -> image.diffIds().stream())
        .collect(Collectors.toCollection(HashSet::new));
  }
}
