package io.sockerless.backend.core.container;

import io.sockerless.backend.core.value.Filters;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Containers by what lists most often ask for, so that a list takes as long as what it finds and
 * not as long as what there is: labels, and statuses.
 */
final class ContainerIndex {

  private final ConcurrentMap<String, Set<LiveContainer>> byLabel = new ConcurrentHashMap<>();
  private final Map<Status, Set<LiveContainer>> byStatus = new EnumMap<>(Status.class);

  /** Those whose labels nobody has asked for since the server's start. */
  private final Set<LiveContainer> unread = ConcurrentHashMap.newKeySet();

  private final ReentrantLock reading = new ReentrantLock();

  ContainerIndex() {
    for (Status status : Status.values()) {
      byStatus.put(status, ConcurrentHashMap.newKeySet());
    }
  }

  void add(LiveContainer container) {
    addLabels(container);
    of(container.current().state().status()).add(container);
  }

  private void addLabels(LiveContainer container) {
    for (String key : keys(container.current())) {
      byLabel.computeIfAbsent(key, _ -> ConcurrentHashMap.newKeySet()).add(container);
    }
  }

  /**
   * Adds one that was stored, whose labels are read when a list first asks for some: of thousands
   * that is a large part of a start.
   */
  void addUnread(LiveContainer container) {
    unread.add(container);
    of(container.current().state().status()).add(container);
  }

  private void readLabels() {
    if (unread.isEmpty()) {
      return;
    }
    reading.lock();
    try {
      for (LiveContainer container : List.copyOf(unread)) {
        addLabels(container);
        if (!unread.remove(container)) {
          removeLabels(container); // It was removed meanwhile.
        }
      }
    } finally {
      reading.unlock();
    }
  }

  void move(LiveContainer container, Status before, Status after) {
    if (before != after) {
      of(after).add(container);
      of(before).remove(container);
    }
  }

  void remove(LiveContainer container) {
    if (!unread.remove(container)) {
      removeLabels(container);
    }
    byStatus.values().forEach(containers -> containers.remove(container));
  }

  private void removeLabels(LiveContainer container) {
    for (String key : keys(container.current())) {
      byLabel.computeIfPresent(
          key,
          (_, containers) -> {
            containers.remove(container);
            return containers.isEmpty() ? null : containers;
          });
    }
  }

  private static List<String> keys(ContainerRecord record) {
    List<String> keys = new ArrayList<>();
    record
        .labels()
        .forEach((name, value) -> {
          keys.add(name);
          keys.add(name + "=" + value);
        });
    return keys;
  }

  /** The containers that are in a status. */
  Set<LiveContainer> of(Status status) {
    Set<LiveContainer> containers = byStatus.get(status);
    return containers == null ? Set.of() : containers;
  }

  /** A small collection that has all containers with the labels and statuses of a filter. */
  Optional<Collection<LiveContainer>> candidates(Filters filters, boolean activeOnly) {
    Optional<Collection<LiveContainer>> smallest = Optional.empty();
    if (filters.has("label")) {
      readLabels();
    }
    for (String label : filters.get("label")) {
      smallest = smaller(smallest, byLabel.getOrDefault(label, Set.of()));
    }
    List<Status> statuses =
        filters.get("status").stream().flatMap(s -> Status.of(s).stream()).toList();
    if (!statuses.isEmpty()) {
      smallest = smaller(smallest, union(statuses));
    } else if (activeOnly) {
      smallest =
          smaller(smallest, union(List.of(Status.RUNNING, Status.PAUSED, Status.RESTARTING)));
    }
    return smallest;
  }

  private Collection<LiveContainer> union(List<Status> statuses) {
    if (statuses.size() == 1) {
      return of(statuses.getFirst());
    }
    Collection<LiveContainer> union = new LinkedHashSet<>();
    statuses.forEach(status -> union.addAll(of(status)));
    return union;
  }

  private static Optional<Collection<LiveContainer>> smaller(
      Optional<Collection<LiveContainer>> one, Collection<LiveContainer> other) {
    return one.isPresent() && one.get().size() <= other.size() ? one : Optional.of(other);
  }
}
