package io.sockerless.backend.core.build;

import io.sockerless.archive.TarEntry;
import io.sockerless.archive.TarEntry.Kind;
import io.sockerless.archive.TarReader;
import io.sockerless.backend.core.dockerfile.PathText;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The files in a tar file on disk, by their paths. Nothing of it is unpacked on this machine: links
 * lead nowhere but to other members, and contents are read from where they are in the tar file.
 */
final class FileTree {

  private static final int MAX_LINKS = 255;
  private static final int MAX_MEMBERS = 2_000_000;
  private static final int DIRECTORY_MODE = 0755;

  private final Path tar;
  private final File root = File.folder("");
  private int members;

  private FileTree(Path tar) {
    this.tar = tar;
  }

  /**
   * Reads what a tar file has.
   *
   * @throws IOException if it is malformed, or a link leaves the tree
   */
  static FileTree of(Path tar) throws IOException {
    FileTree tree = new FileTree(tar);
    try (TarReader reader =
        new TarReader(new BufferedInputStream(Files.newInputStream(tar), 65_536))) {
      for (Optional<TarEntry> next = reader.next(); next.isPresent(); next = reader.next()) {
        tree.add(next.get(), reader.pieces());
      }
    }
    return tree;
  }

  /**
   * A file, folder or link.
   *
   * @param path from the root, without a slash at the beginning; empty for the root
   * @param entry what the tar file says of it
   * @param pieces where its content is
   * @param children by name; of a folder
   */
  record File(
      String path, TarEntry entry, List<TarReader.Piece> pieces, TreeMap<String, File> children) {

    private static File folder(String path) {
      TarEntry entry =
          new TarEntry(path, Kind.DIRECTORY, DIRECTORY_MODE, 0, 0, Instant.EPOCH, "", 0, 0, 0);
      return new File(path, entry, List.of(), new TreeMap<>());
    }

    boolean isFolder() {
      return entry.kind() == Kind.DIRECTORY;
    }

    /** What is in it, in the order of names. */
    Collection<File> list() {
      return children.values();
    }
  }

  File root() {
    return root;
  }

  /** The file at a path, links on the way and at its end followed; empty if there is none. */
  Optional<File> find(String path) {
    return find(path, new int[1]);
  }

  private Optional<File> find(String path, int[] links) {
    File at = root;
    String[] parts = parts(PathText.clean("/" + path));
    for (int i = 0; i < parts.length; i++) {
      File child = at.children().get(parts[i]);
      if (child == null) {
        return Optional.empty();
      }
      if (child.entry().kind() == Kind.SYMLINK) {
        if (++links[0] > MAX_LINKS) {
          return Optional.empty();
        }
        String target = child.entry().linkTarget();
        String rest = String.join("/", List.of(parts).subList(i + 1, parts.length));
        return find((target.startsWith("/") ? "" : at.path() + "/") + target + "/" + rest, links);
      }
      at = child;
    }
    return Optional.of(at);
  }

  /** Takes a file out, if it is there. */
  void remove(String path) {
    int slash = path.lastIndexOf('/');
    find(path.substring(0, Math.max(0, slash)))
        .ifPresent(folder -> folder.children().remove(path.substring(slash + 1)));
  }

  /** The content of a regular file. */
  InputStream content(File file) throws IOException {
    return new PieceInput(tar, file.pieces(), file.entry().size());
  }

  private void add(TarEntry entry, List<TarReader.Piece> pieces) throws IOException {
    if (++members > MAX_MEMBERS) {
      throw new IOException("too many files in the archive");
    }
    // A name leads nowhere else: dockerd has the folder above the root be the root.
    String path = PathText.clean("/" + entry.name()).substring(1);
    if (path.isEmpty()) {
      return;
    }
    if (entry.kind() == Kind.SYMLINK && !entry.linkTarget().startsWith("/")) {
      checkInside(path + "/../" + entry.linkTarget(), entry.name());
    }
    if (entry.kind() == Kind.HARD_LINK) {
      File target = hardLinked(entry);
      put(path, target.entry().withName(path), target.pieces());
    } else {
      put(path, entry.withName(path), pieces);
    }
  }

  private static void checkInside(String path, String told) throws IOException {
    String clean = PathText.clean(path);
    if (clean.equals("..") || clean.startsWith("../")) {
      throw new IOException("breakout of the archive: \"" + told + "\"");
    }
  }

  private File hardLinked(TarEntry entry) throws IOException {
    File at = root;
    for (String part : parts(PathText.clean("/" + entry.linkTarget()))) {
      at = Optional.ofNullable(at.children().get(part)).orElseThrow(() -> noTarget(entry));
    }
    if (at.isFolder()) {
      throw noTarget(entry);
    }
    return at;
  }

  private static IOException noTarget(TarEntry entry) {
    return new IOException(
        "invalid hard link \"" + entry.name() + "\" -> \"" + entry.linkTarget() + "\"");
  }

  private void put(String path, TarEntry entry, List<TarReader.Piece> pieces) throws IOException {
    File folder = root;
    String[] parts = parts("/" + path);
    for (int i = 0; i < parts.length - 1; i++) {
      String at = String.join("/", List.of(parts).subList(0, i + 1));
      folder = folder.children().computeIfAbsent(parts[i], _ -> File.folder(at));
      if (!folder.isFolder()) {
        throw new IOException("\"" + path + "\" lies in \"" + at + "\", which is no folder");
      }
    }
    String name = parts[parts.length - 1];
    TreeMap<String, File> children =
        Optional.ofNullable(folder.children().get(name))
            .filter(before -> before.isFolder() && entry.kind() == Kind.DIRECTORY)
            .map(File::children)
            .orElseGet(TreeMap::new);
    folder.children().put(name, new File(path, entry, pieces, children));
  }

  private static String[] parts(String absolute) {
    return absolute.equals("/") ? new String[0] : absolute.substring(1).split("/", -1);
  }
}
