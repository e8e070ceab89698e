package io.sockerless.backend.memory.fs;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.LongFunction;

/**
 * The names in one folder: those of the folder below, and over them what has changed. Guarded by
 * its tree's lock.
 */
final class Names {

  private final Optional<LowerNode> lower;
  private final LongFunction<Inode> inodes;
  private final Map<String, Optional<Inode>> changed = new HashMap<>();

  /**
   * As the folder below has them.
   *
   * @param inodes the node of a number
   */
  Names(Optional<LowerNode> lower, LongFunction<Inode> inodes) {
    this.lower = lower;
    this.inodes = inodes;
  }

  Optional<Inode> find(String name) {
    Optional<Inode> own = changed.get(name);
    if (own != null) {
      return own;
    }
    return lower.flatMap(it -> it.child(name)).map(it -> inodes.apply(it.number()));
  }

  void put(String name, Optional<Inode> node) {
    Optional<LowerNode> below = lower.flatMap(it -> it.child(name));
    boolean asBelow = node.map(Inode::number).equals(below.map(LowerNode::number));
    if (asBelow) {
      changed.remove(name);
    } else {
      changed.put(name, node);
    }
  }

  boolean isEmpty() {
    return changed.values().stream().noneMatch(Optional::isPresent)
        && lower.stream().allMatch(it -> changed.keySet().containsAll(it.names()));
  }

  List<DirectoryEntry> entries() {
    List<DirectoryEntry> entries = new ArrayList<>();
    changed.forEach((name, node) ->
        node.ifPresent(it -> entries.add(new DirectoryEntry(name, it.type(), it.number()))));
    lower.ifPresent(folder -> {
      for (int i = 0; i < folder.names().size(); i++) {
        String name = folder.names().get(i);
        LowerNode node = folder.children().get(i);
        if (!changed.containsKey(name)) {
          entries.add(new DirectoryEntry(name, node.attributes().type(), node.number()));
        }
      }
    });
    return entries;
  }

  /** All names that are here or below. */
  SortedSet<String> all() {
    SortedSet<String> all = new TreeSet<>(changed.keySet());
    lower.ifPresent(folder -> all.addAll(folder.names()));
    return all;
  }

  /** What differs from the folder below; a name that is gone is empty. */
  Map<String, Optional<Inode>> changed() {
    return changed;
  }
}
