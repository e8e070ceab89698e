package io.sockerless.backend.core.container;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Stream;

/**
 * Who is linked to whom, since lists show a container by the names that others have for it as well.
 */
final class LinkIndex {

  private final ConcurrentMap<String, Set<LiveContainer>> byTarget = new ConcurrentHashMap<>();

  /** Those whose links nobody has asked for since the server's start. */
  private final Set<LiveContainer> unread = ConcurrentHashMap.newKeySet();

  void addUnread(LiveContainer container) {
    unread.add(container);
  }

  void add(LiveContainer container) {
    for (Link link : Link.stored(container.current())) {
      byTarget.computeIfAbsent(link.target(), _ -> ConcurrentHashMap.newKeySet()).add(container);
    }
  }

  void remove(LiveContainer container) {
    unread.remove(container);
    for (Link link : Link.stored(container.current())) {
      byTarget.computeIfPresent(
          link.target(),
          (_, containers) -> {
            containers.remove(container);
            return containers.isEmpty() ? null : containers;
          });
    }
    byTarget.remove(container.id());
  }

  /** All names of a container with their slashes, sorted as dockerd has them. */
  List<String> names(ContainerRecord record) {
    unread.forEach(container -> {
      add(container);
      unread.remove(container);
    });
    Set<LiveContainer> linked = byTarget.getOrDefault(record.id(), Set.of());
    if (linked.isEmpty()) {
      return List.of("/" + record.name());
    }
    Stream<String> paths =
        linked.stream()
            .map(LiveContainer::current)
            .flatMap(other ->
                Link.stored(other).stream()
                    .filter(link -> link.target().equals(record.id()))
                    .map(link -> link.path(other)));
    return Stream.concat(Stream.of("/" + record.name()), paths).distinct().sorted().toList();
  }
}
