package io.sockerless.backend.memory.fs;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * A node of what lies unchanged below a tree: immutable once built, and shared by all trees above.
 */
final class LowerNode {

  private static final String[] NO_NAMES = {};
  private static final LowerNode[] NO_NODES = {};

  private final long number;
  private final long parent;
  private final Attributes attributes;
  private final Optional<LowerFile> file;
  private final int links;
  private String[] names = NO_NAMES;
  private LowerNode[] nodes = NO_NODES;

  /**
   * A folder without names yet, or any other node.
   *
   * @param parent the number of the folder that it is in, of the first one if it has several names;
   *     that of a root is its own
   * @param file the content of a regular file
   * @param links how many names lead to what is no folder
   */
  LowerNode(long number, long parent, Attributes attributes, Optional<LowerFile> file, int links) {
    this.number = number;
    this.parent = parent;
    this.attributes = attributes;
    this.file = file;
    this.links = links;
  }

  /** Gives a folder its names, once, before anybody else sees it. */
  void setChildren(SortedMap<String, LowerNode> children) {
    names = children.keySet().toArray(NO_NAMES);
    nodes = children.values().toArray(NO_NODES);
  }

  long number() {
    return number;
  }

  long parent() {
    return parent;
  }

  Attributes attributes() {
    return attributes;
  }

  boolean isFolder() {
    return attributes.type() == FileType.DIRECTORY;
  }

  Optional<LowerFile> file() {
    return file;
  }

  int links() {
    return links;
  }

  Optional<LowerNode> child(String name) {
    int index = Arrays.binarySearch(names, name);
    return index < 0 ? Optional.empty() : Optional.of(nodes[index]);
  }

  /** In the order of {@link #children}. */
  List<String> names() {
    return Arrays.asList(names);
  }

  List<LowerNode> children() {
    return Arrays.asList(nodes);
  }

  /** How many folders are directly in it. */
  int folders() {
    int count = 0;
    for (LowerNode node : nodes) {
      count += node.isFolder() ? 1 : 0;
    }
    return count;
  }
}
