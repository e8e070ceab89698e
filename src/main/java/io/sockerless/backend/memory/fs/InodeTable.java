package io.sockerless.backend.memory.fs;

import io.sockerless.backend.memory.fs.Change.OfName;
import io.sockerless.backend.memory.fs.Change.OfNode;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The nodes of a tree by their numbers, and the only place where they change: an operation does so
 * the first time, a journal's replay again. Changes are made under the tree's lock.
 */
final class InodeTable {

  private final InodeTree tree;
  private final LowerTree lower;
  private final Map<Long, Inode> inodes = new ConcurrentHashMap<>();
  private long lastNumber;

  /** As it lies below. */
  InodeTable(InodeTree tree, LowerTree lower) {
    this.tree = tree;
    this.lower = lower;
    this.lastNumber = lower.size();
  }

  LowerTree lower() {
    return lower;
  }

  /** The nodes that somebody has asked for or that have changed. */
  Map<Long, Inode> inodes() {
    return inodes;
  }

  /** A number that no node has had. */
  long nextNumber() {
    return lastNumber + 1;
  }

  /** Drops a node that is gone; one from below is kept, as what hides it refers to it. */
  void forget(Inode node) {
    if (node.lower().isEmpty()) {
      inodes.remove(node.number());
    }
  }

  /** The node of a number that is in a folder, below or in a change. */
  Inode inode(long number) {
    return inodes.computeIfAbsent(number, it -> below(lower.node(it).orElseThrow()));
  }

  private Inode below(LowerNode node) {
    return new Inode(
        tree, node, node.file().map(it -> tree.content(node.number(), Optional.of(it))));
  }

  /** Does a change, and tells the node that lost a name. */
  Optional<Inode> apply(Change change) throws IOException {
    return switch (change) {
      case OfNode node -> {
        applyNode(node);
        yield Optional.empty();
      }
      case OfName name -> applyName(name);
    };
  }

  private void applyNode(OfNode change) {
    long number = change.number();
    if (lower.node(number).isPresent() || inodes.containsKey(number)) {
      inode(number).apply(change);
      return;
    }
    lastNumber = Math.max(lastNumber, number);
    Optional<Content> content =
        change.attributes().type() == FileType.REGULAR
            ? Optional.of(tree.content(number, Optional.empty()))
            : Optional.empty();
    inodes.put(number, new Inode(tree, number, change.attributes(), content));
  }

  private Optional<Inode> applyName(OfName change) throws IOException {
    Inode folder = inode(change.folder());
    Optional<Inode> old = folder.names().find(change.name());
    Optional<Inode> now =
        change.target() == OfName.NOTHING ? Optional.empty() : Optional.of(inode(change.target()));
    old.ifPresent(it -> it.nameRemoved(folder, change.time()));
    now.ifPresent(it -> it.nameAdded(folder, change.time()));
    folder.names().put(change.name(), now);
    folder.written(change.time());
    return old;
  }
}
