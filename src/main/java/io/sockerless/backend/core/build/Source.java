package io.sockerless.backend.core.build;

import io.sockerless.archive.TarEntry;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * One thing to copy.
 *
 * @param tree where it is
 * @param name what it is called where it is copied to, if that is a folder
 * @param excluded what is left out of it
 * @param unpacks whether it is unpacked if it is an archive
 */
record Source(
    FileTree tree, FileTree.File file, String name, IgnoreRules excluded, boolean unpacks) {

  private static final int PIECE = 65_536;

  /** Whether it is an archive to be unpacked. */
  boolean isArchive() throws IOException {
    if (!unpacks || file.entry().kind() != TarEntry.Kind.FILE) {
      return false;
    }
    try (InputStream content = tree.content(file)) {
      return BuildContext.isArchive(content);
    }
  }

  /** A file that is part of it, by its path from there. */
  boolean includes(FileTree.File part) {
    String relative = relative(part);
    return !excluded.excludes(relative.isEmpty() ? name : relative);
  }

  /** The path of a part of it; empty for the whole. */
  String relative(FileTree.File part) {
    int start = file.path().isEmpty() ? 0 : file.path().length() + 1;
    return part.path().length() < start ? "" : part.path().substring(start);
  }

  /** What tells it from another content, with its kind, as an image's history shows it. */
  String digest() throws IOException {
    MessageDigest hash = sha256();
    update(hash, file);
    return (file.isFolder() ? "dir:" : "file:") + HexFormat.of().formatHex(hash.digest());
  }

  /** The same of several. */
  static String digest(List<Source> sources) throws IOException {
    if (sources.size() == 1) {
      return sources.getFirst().digest();
    }
    MessageDigest hash = sha256();
    for (Source source : sources) {
      hash.update((source.name() + "\0" + source.digest() + "\n").getBytes(StandardCharsets.UTF_8));
    }
    return "multi:" + HexFormat.of().formatHex(hash.digest());
  }

  /** Owners and times do not count: the ones are set anew, the others change without meaning. */
  private void update(MessageDigest hash, FileTree.File part) throws IOException {
    if (!includes(part)) {
      return;
    }
    TarEntry entry = part.entry();
    String head =
        String.join(
            "\0",
            relative(part),
            entry.kind().name(),
            Integer.toOctalString(entry.mode()),
            Long.toString(entry.size()),
            entry.linkTarget(),
            "\n");
    hash.update(head.getBytes(StandardCharsets.UTF_8));
    if (entry.kind() == TarEntry.Kind.FILE) {
      try (InputStream content = tree.content(part)) {
        byte[] piece = new byte[PIECE];
        for (int count = content.read(piece); count >= 0; count = content.read(piece)) {
          hash.update(piece, 0, count);
        }
      }
    }
    for (FileTree.File child : part.list()) {
      update(hash, child);
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
