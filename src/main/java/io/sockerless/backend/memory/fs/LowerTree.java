package io.sockerless.backend.memory.fs;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What lies unchanged below a tree, with its nodes by their numbers, which count from 1. */
final class LowerTree {

  static final long ROOT = 1;

  private final List<LowerNode> nodes;
  private final Map<Long, List<Long>> moreFolders;

  /**
   * Takes the nodes in the order of their numbers.
   *
   * @param nodes the root first
   * @param moreFolders by the number of a file with several names, in which folders they are
   *     besides its parent
   */
  LowerTree(List<LowerNode> nodes, Map<Long, List<Long>> moreFolders) {
    this.nodes = nodes;
    this.moreFolders = moreFolders;
  }

  /** Nothing but a root. */
  static LowerTree empty(Attributes root) {
    LowerNode only = new LowerNode(ROOT, ROOT, root, Optional.empty(), 1);
    return new LowerTree(List.of(only), Map.of());
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
      at = nodes.get((int) at - 1).parent();
    }
  }

  /** The node of a number, if it is one of these. */
  Optional<LowerNode> node(long number) {
    return number > nodes.size() ? Optional.empty() : Optional.of(nodes.get((int) number - 1));
  }

  LowerNode root() {
    return nodes.getFirst();
  }

  /** How many nodes it has, which is the highest number. */
  long size() {
    return nodes.size();
  }
}
