package io.sockerless.backend.memory.fs;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/** Puts a whole tree into words, to compare it. */
public final class Snapshots {

  private Snapshots() {}

  /** Every path with what is there. */
  public static Map<String, String> of(Node root, boolean contents) throws IOException {
    Map<String, String> all = new TreeMap<>();
    collect("", root, contents, all);
    return all;
  }

  private static void collect(String path, Node node, boolean contents, Map<String, String> all)
      throws IOException {
    FileStat stat = node.stat();
    String content =
        switch (stat.type()) {
          case REGULAR -> contents ? stat.size() + ":" + read(node) : "";
          case SYMLINK -> node.readLink();
          case DIRECTORY, FIFO, CHARACTER, BLOCK, SOCKET -> "";
        };
    all.put(
        path,
        "%s %o %d:%d %d links %s"
            .formatted(stat.type(), stat.mode(), stat.uid(), stat.gid(), stat.links(), content));
    if (stat.isDirectory()) {
      for (DirectoryEntry entry : node.entries()) {
        Node child = node.lookup(entry.name()).orElseThrow();
        if (child.stat().inode() != entry.inode() || child.stat().type() != entry.type()) {
          throw new AssertionError(path + "/" + entry.name() + " is told wrong by its folder");
        }
        collect(path + "/" + entry.name(), child, contents, all);
      }
    }
  }

  /** All of a regular file. */
  public static String read(Node node) throws IOException {
    try (OpenFile file = node.open(OpenMode.READ)) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      byte[] buffer = new byte[8_192];
      for (int count = file.read(buffer, 0, buffer.length);
          count >= 0;
          count = file.read(buffer, 0, buffer.length)) {
        bytes.write(buffer, 0, count);
      }
      return bytes.toString(UTF_8);
    }
  }
}
