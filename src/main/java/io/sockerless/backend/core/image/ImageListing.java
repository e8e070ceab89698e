package io.sockerless.backend.core.image;

import io.sockerless.backend.core.container.ContainerDirectory;
import io.sockerless.backend.core.registry.Digest;
import io.sockerless.backend.core.registry.ImageReference;
import io.sockerless.backend.core.value.ApiVersion;
import io.sockerless.backend.core.value.Filters;
import io.sockerless.backend.core.value.Timestamps;
import io.sockerless.engine.Call;
import io.sockerless.engine.JsonBuilders;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Images as the Docker API lists them. */
final class ImageListing {

  private static final Set<String> FILTERS =
      Set.of("before", "dangling", "label", "label!", "reference", "since", "until");

  private final ImageStore images;
  private final ContentStore content;
  private final ManifestSummaries manifests;
  private final Supplier<ContainerDirectory> containers;
  private final Clock clock;

  ImageListing(
      ImageStore images,
      ContentStore content,
      ManifestSummaries manifests,
      Supplier<ContainerDirectory> containers,
      Clock clock) {
    this.images = images;
    this.content = content;
    this.manifests = manifests;
    this.containers = containers;
    this.clock = clock;
  }

  /** What of an image is listed that is not always. */
  private record Extras(
      boolean all, boolean withManifests, boolean old, Optional<Usage> usage, boolean counts) {}

  /** The list that a client asks for, the newest image first. */
  JsonArray list(Call call) {
    Filters filters = Filters.of(call.query(), FILTERS);
    boolean shared = call.query().flag("shared-size");
    Extras extras =
        new Extras(
            call.query().flag("all"),
            call.query().flag("manifests"),
            ApiVersion.isBefore(call, 43),
            shared ? Optional.of(usage()) : Optional.empty(),
            false);
    return list(filters, extras, ApiVersion.isBefore(call, 44));
  }

  /** The list for {@code system df}: with what is shared, and who uses it. */
  JsonArray usageList() {
    Extras extras = new Extras(false, false, false, Optional.of(usage()), true);
    return list(new Filters(Map.of()), extras, false);
  }

  private JsonArray list(Filters filters, Extras extras, boolean virtualSize) {
    Predicate<ImageRecord> wanted = matching(filters);
    Map<String, List<ImageReference>> names =
        images.allNames().entrySet().stream()
            .collect(
                Collectors.groupingBy(
                    Map.Entry::getValue,
                    Collectors.mapping(
                        name -> ImageReference.parse(name.getKey()), Collectors.toList())));
    Set<String> parents =
        images.all().stream().map(ImageRecord::parent).collect(Collectors.toSet());
    JsonArrayBuilder list = JsonBuilders.array();
    images.all().stream()
        .filter(wanted)
        .sorted(Comparator.comparing(ImageRecord::created).reversed())
        .forEach(image -> {
          List<ImageReference> own = names.getOrDefault(image.id().toString(), List.of());
          List<ImageReference> shown =
              own.stream().filter(name -> isReferred(name, filters)).toList();
          boolean isParent = parents.contains(image.id().toString());
          if (isListed(shown, isParent, filters, extras)) {
            list.add(summary(image, shown, extras, virtualSize));
          }
        });
    return list.build();
  }

  private Predicate<ImageRecord> matching(Filters filters) {
    Optional<Instant> before = moment(filters, "before");
    Optional<Instant> since = moment(filters, "since");
    List<Instant> until =
        filters.get("until").stream().map(t -> Timestamps.parse(t, clock.instant())).toList();
    return image ->
        before.map(time -> image.created().isBefore(time)).orElse(true)
            && since.map(time -> image.created().isAfter(time)).orElse(true)
            && until.stream().allMatch(time -> image.created().isBefore(time))
            && filters.labels(image.labels());
  }

  /** When the image that a filter names was made. */
  private Optional<Instant> moment(Filters filters, String name) {
    return filters.get(name).stream()
        .findFirst()
        .map(reference -> images.resolve(reference).created());
  }

  private static boolean isReferred(ImageReference name, Filters filters) {
    return filters.any(
        "reference",
        pattern ->
            Globs.matches(pattern, name.familiar())
                || Globs.matches(pattern, name.familiarRepository()));
  }

  private static boolean isListed(
      List<ImageReference> names, boolean isParent, Filters filters, Extras extras) {
    boolean tagged = names.stream().anyMatch(name -> name.digest().isEmpty());
    if (filters.has("dangling")) {
      boolean dangling = filters.flag("dangling", false);
      if (dangling == tagged || (dangling && isParent)) {
        return false;
      }
    }
    if (names.isEmpty()) {
      return !filters.has("reference") && (extras.all() || !isParent);
    }
    return true;
  }

  private JsonObjectBuilder summary(
      ImageRecord image, List<ImageReference> names, Extras extras, boolean virtualSize) {
    JsonArray tags = ImageDocuments.tags(names);
    JsonArray digests = ImageDocuments.digests(names);
    boolean none = extras.old() && names.isEmpty();
    String id = image.id().toString();
    JsonObjectBuilder labels = JsonBuilders.object();
    image.labels().forEach(labels::add);
    JsonObjectBuilder summary =
        JsonBuilders.object()
            .add("Containers", extras.counts() ? containersOf(id) : -1)
            .add("Created", image.created().getEpochSecond())
            .add("Id", id)
            .add("Labels", image.labels().isEmpty() ? JsonValue.NULL : labels.build())
            .add("ParentId", image.parent())
            .add("RepoDigests", none ? JsonBuilders.array().add("<none>@<none>").build() : digests)
            .add("RepoTags", none ? JsonBuilders.array().add("<none>:<none>").build() : tags)
            .add("SharedSize", extras.usage().map(usage -> usage.shared(image)).orElse(-1L))
            .add("Size", image.size());
    if (virtualSize) {
      summary.add("VirtualSize", image.size());
    }
    if (extras.withManifests()) {
      summary.add("Manifests", manifests.of(image));
    }
    return summary;
  }

  private long containersOf(String id) {
    return containers.get().all().stream().filter(entry -> entry.imageId().equals(id)).count();
  }

  private Usage usage() {
    Map<Digest, Integer> users = new HashMap<>();
    for (ImageRecord image : images.all()) {
      Set.copyOf(image.diffIds()).forEach(layer -> users.merge(layer, 1, Integer::sum));
    }
    return new Usage(users, content);
  }

  /** The bytes of all layers, each counted once. */
  long layersSize() {
    return usage().users().keySet().stream().mapToLong(content::layerSize).sum();
  }

  /** How many images have a layer. */
  private record Usage(Map<Digest, Integer> users, ContentStore content) {
    long shared(ImageRecord image) {
      return image.diffIds().stream()
          .distinct()
          .filter(layer -> users.getOrDefault(layer, 0) > 1)
          .mapToLong(content::layerSize)
          .sum();
    }
  }
}
