package io.sockerless.backend.memory.fs;

import io.sockerless.backend.core.driver.ContainerFiles.Change.Kind;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Compares a tree with what lies below it, path by path, and looks only where something can have
 * changed. It does not call itself, since folders can be nested as deep as a container likes.
 */
final class Differences {

  /** Nodes below that have changed, and the folders below that they are in. */
  private final Set<Long> touched = new HashSet<>();

  private final List<Difference> found = new ArrayList<>();
  private final Deque<Level> levels = new ArrayDeque<>();

  private Differences(InodeTree tree) {
    for (Inode node : tree.table().inodes().values()) {
      if (node.isChanged() && node.lower().isPresent()) {
        touched.add(node.number());
        tree.lower().addFoldersOf(node.lower().get(), touched);
      }
    }
  }

  /**
   * A folder that is being looked at.
   *
   * @param below what was at its path
   * @param start how many differences there were before it
   * @param listed whether it is among them itself
   */
  private record Level(
      String path,
      Inode folder,
      Optional<LowerNode> below,
      Iterator<String> names,
      int start,
      boolean listed) {}

  /** All differences, in the order of paths; the tree's lock is held. */
  static List<Difference> of(InodeTree tree) throws IOException {
    Differences differences = new Differences(tree);
    differences.enter("", tree.root(), Optional.of(tree.lower().root()), true);
    differences.run();
    return differences.found;
  }

  private void run() throws IOException {
    while (!levels.isEmpty()) {
      Level level = levels.peek();
      if (level.names().hasNext()) {
        compare(level, level.names().next());
      } else {
        leave(levels.pop());
      }
    }
  }

  private void enter(String path, Inode folder, Optional<LowerNode> below, boolean listed)
      throws IOException {
    if (path.length() > 1 << 16) {
      throw Errno.ENAMETOOLONG.exception();
    }
    levels.push(
        new Level(path, folder, below, candidates(folder, below).iterator(), found.size(), listed));
  }

  private SortedSet<String> candidates(Inode folder, Optional<LowerNode> below) throws IOException {
    if (folder.lower().isEmpty() || !folder.lower().equals(below)) {
      SortedSet<String> all = folder.names().all();
      below.ifPresent(it -> all.addAll(it.names()));
      return all;
    }
    SortedSet<String> names = new TreeSet<>(folder.names().changed().keySet());
    LowerNode lower = folder.lower().get();
    for (int i = 0; i < lower.names().size(); i++) {
      if (touched.contains(lower.children().get(i).number())) {
        names.add(lower.names().get(i));
      }
    }
    return names;
  }

  /** A folder in which something has changed is a change itself. */
  private void leave(Level level) {
    if (!level.listed() && found.size() > level.start()) {
      boolean visible =
          found.subList(level.start(), found.size()).stream().anyMatch(Difference::visible);
      found.add(
          level.start(),
          new Difference(Kind.MODIFIED, level.path(), Optional.of(level.folder()), visible));
    }
  }

  private void compare(Level level, String name) throws IOException {
    Optional<Inode> found = level.folder().names().find(name);
    Optional<LowerNode> was = level.below().flatMap(it -> it.child(name));
    String path = level.path() + "/" + name;
    if (found.isEmpty()) {
      if (was.isPresent()) {
        this.found.add(new Difference(Kind.DELETED, path, Optional.empty(), true));
      }
      return;
    }
    Inode now = found.get();
    boolean same = now.lower().isPresent() && now.lower().equals(was);
    boolean visible = !same || differs(now);
    boolean listed = visible || (!now.isFolder() && now.isChanged());
    if (listed) {
      Kind kind = was.isEmpty() ? Kind.ADDED : Kind.MODIFIED;
      this.found.add(new Difference(kind, path, Optional.of(now), visible));
    }
    if (now.isFolder()) {
      enter(path, now, was.filter(LowerNode::isFolder), listed);
    }
  }

  private static boolean differs(Inode node) {
    Attributes now = node.attributes();
    Attributes was = node.lower().orElseThrow().attributes();
    return node.isOwn()
        || now.mode() != was.mode()
        || now.uid() != was.uid()
        || now.gid() != was.gid()
        || !now.extended().equals(was.extended())
        || !now.modified().equals(was.modified());
  }
}
