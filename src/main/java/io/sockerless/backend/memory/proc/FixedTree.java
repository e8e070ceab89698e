package io.sockerless.backend.memory.proc;

import io.sockerless.backend.memory.fs.FileTree;
import io.sockerless.backend.memory.fs.Node;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/** A tree of made-up files that are always the same ones, whatever they say. */
final class FixedTree implements FileTree {

  private final String type;
  private final Node root;

  /**
   * Such a tree.
   *
   * @param type as {@code mount} shows it
   * @param files by their paths in the tree, without a slash in front
   * @param made by their paths, folders that are made by others
   * @param folders more folders by their paths, for something to be mounted on
   */
  FixedTree(
      String type,
      Map<String, GeneratedFile.Content> files,
      Map<String, Function<FileTree, Node>> made,
      Set<String> folders) {
    this.type = type;
    Map<String, Function<FileTree, Node>> leaves = new TreeMap<>(made);
    files.forEach(
        (path, content) -> leaves.put(path, tree -> new GeneratedFile(tree, "/" + path, content)));
    this.root = folder("", leaves, folders);
  }

  private Node folder(
      String path, Map<String, Function<FileTree, Node>> leaves, Set<String> folders) {
    Map<String, Node> nodes = new TreeMap<>();
    Set<String> names = new TreeSet<>();
    leaves.forEach((leaf, node) -> {
      if (leaf.indexOf('/') < 0) {
        nodes.put(leaf, node.apply(this));
      } else {
        names.add(first(leaf));
      }
    });
    folders.forEach(folder -> names.add(first(folder)));
    for (String name : names) {
      Map<String, Function<FileTree, Node>> inside = new TreeMap<>();
      leaves.forEach((leaf, node) -> below(name, leaf).ifPresent(it -> inside.put(it, node)));
      Set<String> foldersInside = new TreeSet<>();
      folders.forEach(folder -> below(name, folder).ifPresent(foldersInside::add));
      nodes.put(name, folder(path + "/" + name, inside, foldersInside));
    }
    return new GeneratedFolder(
        this, path + "/", nodes::keySet, name -> Optional.ofNullable(nodes.get(name)));
  }

  private static String first(String path) {
    return path.split("/", 2)[0];
  }

  private static Optional<String> below(String folder, String path) {
    return path.startsWith(folder + "/")
        ? Optional.of(path.substring(folder.length() + 1))
        : Optional.empty();
  }

  @Override
  public Node root() {
    return root;
  }

  @Override
  public String type() {
    return type;
  }

  @Override
  public Usage usage() {
    return new Usage(0, 0, 0, 0);
  }

  @Override
  public void close() {}
}
