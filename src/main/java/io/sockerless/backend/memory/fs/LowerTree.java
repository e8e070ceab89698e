package io.sockerless.backend.memory.fs;

import java.util.List;
import java.util.Optional;

/** What lies unchanged below a tree, with its nodes by their numbers, which count from 1. */
final class LowerTree {

  static final long ROOT = 1;

  private final List<LowerNode> nodes;

  /**
   * Takes the nodes in the order of their numbers.
   *
   * @param nodes the root first
   */
  LowerTree(List<LowerNode> nodes) {
    this.nodes = nodes;
  }

  /** Nothing but a root. */
  static LowerTree empty(Attributes root) {
    return new LowerTree(List.of(new LowerNode(ROOT, ROOT, root, Optional.empty(), 1)));
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
