package io.sockerless.backend.memory.files;

import io.sockerless.backend.memory.fs.DirectoryEntry;
import io.sockerless.backend.memory.fs.Errno;
import io.sockerless.backend.memory.fs.FileStat;
import io.sockerless.backend.memory.fs.Node;
import io.sockerless.backend.memory.fs.Paths;
import io.sockerless.backend.memory.fs.PosixException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * Visits a folder and all that is in it, folders before what is in them, in the order of names, and
 * what is mounted there as well. It does not call itself, since folders can be nested as deep as a
 * container likes.
 */
final class TreeWalk {

  private static final int MAX_PATH = 1 << 16;

  private final Paths paths;

  TreeWalk(Paths paths) {
    this.paths = paths;
  }

  /** Who is told of each file. */
  @FunctionalInterface
  interface Visitor {

    /**
     * Takes note of a file.
     *
     * @param path relative to where the walk began, empty for that itself
     */
    void visit(String path, Node node, FileStat stat) throws IOException;
  }

  /** A folder whose names are being visited. */
  private record Level(String path, String relative, Iterator<String> names) {}

  /** Visits a path and what is below it; a link there is not followed. */
  void walk(String start, Visitor visitor) throws IOException {
    Deque<Level> levels = new ArrayDeque<>();
    visit(start, "", visitor, levels);
    while (!levels.isEmpty()) {
      Level level = levels.peek();
      if (!level.names().hasNext()) {
        levels.pop();
        continue;
      }
      String name = level.names().next();
      String path = level.path().equals("/") ? "/" + name : level.path() + "/" + name;
      String relative = level.relative().isEmpty() ? name : level.relative() + "/" + name;
      visit(path, relative, visitor, levels);
    }
  }

  private void visit(String path, String relative, Visitor visitor, Deque<Level> levels)
      throws IOException {
    if (path.length() > MAX_PATH) {
      throw Errno.ENAMETOOLONG.exception();
    }
    Optional<Node> node = find(path, relative.isEmpty());
    if (node.isEmpty()) {
      return;
    }
    FileStat stat = node.get().stat();
    visitor.visit(relative, node.get(), stat);
    if (stat.isDirectory()) {
      levels.push(new Level(path, relative, names(path).iterator()));
    }
  }

  /** What went away during the walk was never there; only where it begins something must be. */
  private Optional<Node> find(String path, boolean required) throws IOException {
    try {
      return Optional.of(paths.locate(path, false).node());
    } catch (PosixException e) {
      if (required || e.errno() != Errno.ENOENT) {
        throw e;
      }
      return Optional.empty();
    }
  }

  private List<String> names(String path) throws IOException {
    return paths.list(path).stream().map(DirectoryEntry::name).sorted().toList();
  }
}
