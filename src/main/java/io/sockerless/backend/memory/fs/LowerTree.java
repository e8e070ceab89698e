package io.sockerless.backend.memory.fs;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What lies unchanged below a tree, with its nodes by their numbers, which count from 1. */
final class LowerTree {

  static final long ROOT = 1;

  /** The first number of what is in every root; no tree has as many nodes of its own. */
  static final long FURNITURE = 1L << 40;

  private final List<LowerNode> nodes;
  private final List<LowerNode> furniture;
  private final Map<Long, List<Long>> moreFolders;

  /**
   * Takes the nodes in the order of their numbers.
   *
   * @param nodes the root first
   * @param furniture what is there besides, with numbers from {@link #FURNITURE} on
   * @param moreFolders by the number of a file with several names, in which folders they are
   *     besides its parent
   */
  LowerTree(List<LowerNode> nodes, List<LowerNode> furniture, Map<Long, List<Long>> moreFolders) {
    this.nodes = nodes;
    this.furniture = furniture;
    this.moreFolders = moreFolders;
  }

  /** Nothing but a root. */
  static LowerTree empty(Attributes root) {
    LowerNode only = new LowerNode(ROOT, ROOT, root, Optional.empty(), 1);
    return new LowerTree(List.of(only), List.of(), Map.of());
  }

  /** Adds the folders that a node has names in, and those that these are in, up to the root. */
  void addFoldersOf(LowerNode node, Set<Long> folders) {
    for (long folder : moreFolders.getOrDefault(node.number(), List.of())) {
      addUpwards(folder, folders);
    }
    addUpwards(node.parent(), folders);
  }

  private void addUpwards(long folder, Set<Long> folders) {
    long at = folder;
    while (folders.add(at)) {
      at = node(at).orElseThrow().parent();
    }
  }

  /** The node of a number, if it is one of these. */
  Optional<LowerNode> node(long number) {
    if (number <= nodes.size()) {
      return Optional.of(nodes.get((int) (number - ROOT)));
    }
    long index = number - FURNITURE;
    return index >= 0 && index < furniture.size()
        ? Optional.of(furniture.get((int) index))
        : Optional.empty();
  }

  LowerNode root() {
    return nodes.getFirst();
  }

  /** How many nodes it has, which is the highest number but for what is there besides. */
  long size() {
    return nodes.size();
  }
}
