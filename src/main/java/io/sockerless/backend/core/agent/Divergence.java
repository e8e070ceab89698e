package io.sockerless.backend.core.agent;

import io.sockerless.archive.TarEntry;
import io.sockerless.backend.core.driver.ContainerFiles.Change;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * How a container's files have left those of its image, found by looking at all of them once. As
 * with dockerd, a folder has changed with what is in it.
 */
final class Divergence {

  private final LayerIndex image;
  private final Set<String> mounts;
  private final Map<String, TarEntry> seen = new HashMap<>();
  private final TreeMap<String, Change.Kind> changes = new TreeMap<>();

  /**
   * Has seen nothing yet.
   *
   * @param mounts where something is mounted, which is no part of the container's files
   */
  Divergence(LayerIndex image, Set<String> mounts) {
    this.image = image;
    this.mounts = mounts;
  }

  /** Looks at one file; says whether it belongs into a layer over the image. */
  boolean look(TarEntry entry) {
    String path = LayerIndex.normal(entry.name());
    TarEntry file =
        entry.kind() == TarEntry.Kind.HARD_LINK
            ? seen.getOrDefault(LayerIndex.normal(entry.linkTarget()), entry)
            : entry;
    seen.put(path, file);
    Optional<TarEntry> before = image.find(path);
    if (before.isPresent() && (isMounted(path) || isSame(before.get(), file))) {
      return false;
    }
    note(path, before.isPresent() ? Change.Kind.MODIFIED : Change.Kind.ADDED);
    return true;
  }

  private boolean isMounted(String path) {
    return mounts.contains("/" + path);
  }

  private static boolean isSame(TarEntry one, TarEntry other) {
    boolean alike =
        one.kind() == other.kind()
            && one.uid() == other.uid()
            && one.gid() == other.gid()
            && one.linkTarget().equals(other.linkTarget());
    return alike
        && switch (one.kind()) {
          // Its time changes with whatever is made in it, and is told by that.
          case DIRECTORY -> one.mode() == other.mode();
          case SYMLINK -> true;
          default ->
              one.mode() == other.mode()
                  && one.size() == other.size()
                  && one.major() == other.major()
                  && one.minor() == other.minor()
                  && one.modified().equals(other.modified());
        };
  }

  private void note(String path, Change.Kind kind) {
    changes.put(path, kind);
    for (int slash = path.lastIndexOf('/'); slash > 0; slash = path.lastIndexOf('/', slash - 1)) {
      changes.putIfAbsent(path.substring(0, slash), Change.Kind.MODIFIED);
    }
  }

  /** What the image has and the container has not, once all has been looked at; the topmost. */
  List<String> removed() {
    List<String> removed = new ArrayList<>();
    for (String path : image.paths()) {
      if (!seen.containsKey(path) && !isMounted(path) && isFolder(parent(path))) {
        removed.add(path);
      }
    }
    return removed;
  }

  private boolean isFolder(String path) {
    TarEntry entry = seen.get(path);
    return path.isEmpty()
        || (entry != null && entry.kind() == TarEntry.Kind.DIRECTORY && !isMounted(path));
  }

  private static String parent(String path) {
    return path.substring(0, Math.max(0, path.lastIndexOf('/')));
  }

  /** All differences, once all has been looked at. */
  List<Change> changes() {
    removed().forEach(path -> note(path, Change.Kind.DELETED));
    return changesWithoutRemovals();
  }

  /** The differences of what has been looked at, which need not be all. */
  List<Change> changesWithoutRemovals() {
    return changes.entrySet().stream()
        .map(change -> new Change(change.getValue(), "/" + change.getKey()))
        .toList();
  }
}
