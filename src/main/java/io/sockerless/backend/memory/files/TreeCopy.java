package io.sockerless.backend.memory.files;

import io.sockerless.backend.memory.fs.FileStat;
import io.sockerless.backend.memory.fs.FileType;
import io.sockerless.backend.memory.fs.Location;
import io.sockerless.backend.memory.fs.NewNode;
import io.sockerless.backend.memory.fs.Node;
import io.sockerless.backend.memory.fs.OpenFile;
import io.sockerless.backend.memory.fs.OpenMode;
import io.sockerless.backend.memory.fs.Paths;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Fills an empty tree with what is in a folder: content, owners, modes, times, hard links. */
final class TreeCopy {

  private final Node target;
  private final Map<String, Node> folders = new HashMap<>();
  private final Map<FileKey, Node> linked = new HashMap<>();
  private final List<Folder> made = new ArrayList<>();

  /** A folder whose times are set once it is full. */
  private record Folder(Node node, FileStat stat) {}

  private TreeCopy(Node target) {
    this.target = target;
  }

  /** Copies what is in a folder, and the folder's own attributes. */
  static void copy(Location source, Paths paths, Node target) throws IOException {
    TreeCopy copy = new TreeCopy(target);
    new TreeWalk(paths).walk(source.path(), copy::visit);
    for (Folder folder : copy.made.reversed()) {
      folder.node().setTimes(folder.stat().accessed(), folder.stat().modified());
    }
  }

  private void visit(String path, Node node, FileStat stat) throws IOException {
    if (path.isEmpty()) {
      target.setOwner(stat.uid(), stat.gid());
      target.setMode(stat.mode());
      extended(node, target);
      keep("", target, stat);
      return;
    }
    int slash = path.lastIndexOf('/');
    Node folder = folders.getOrDefault(slash < 0 ? "" : path.substring(0, slash), target);
    String name = path.substring(slash + 1);
    Node known = linked.get(FileKey.of(stat));
    if (known != null && !stat.isDirectory()) {
      folder.link(name, known);
      return;
    }
    Node made =
        folder.create(
            name,
            new NewNode(
                stat.type(),
                stat.mode(),
                stat.uid(),
                stat.gid(),
                stat.deviceNumber(),
                stat.isLink() ? node.readLink() : ""));
    if (stat.type() == FileType.REGULAR) {
      content(node, made);
    }
    extended(node, made);
    if (stat.isDirectory()) {
      keep(path, made, stat);
      return;
    }
    made.setTimes(stat.accessed(), stat.modified());
    if (stat.links() > 1) {
      linked.put(FileKey.of(stat), made);
    }
  }

  private void keep(String path, Node folder, FileStat stat) {
    folders.put(path, folder);
    made.add(new Folder(folder, stat));
  }

  private static void extended(Node from, Node to) throws IOException {
    if (!from.extendedAttributes().isEmpty()) {
      to.setExtendedAttributes(from.extendedAttributes());
    }
  }

  private static void content(Node from, Node to) throws IOException {
    byte[] buffer = new byte[65_536];
    try (OpenFile input = from.open(OpenMode.READ);
        OpenFile output = to.open(OpenMode.WRITE)) {
      for (int count = input.read(buffer, 0, buffer.length);
          count >= 0;
          count = input.read(buffer, 0, buffer.length)) {
        output.write(buffer, 0, count);
      }
    }
  }
}
