package io.sockerless.backend.memory.files;

import io.sockerless.archive.TarEntry;
import io.sockerless.archive.TarEntry.Kind;
import io.sockerless.archive.TarWriter;
import io.sockerless.backend.memory.fs.FileStat;
import io.sockerless.backend.memory.fs.FileType;
import io.sockerless.backend.memory.fs.Node;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** Writes files of a container to a tar stream; a further name of one file becomes a hard link. */
final class ArchiveOutput implements AutoCloseable {

  private final TarWriter tar;
  private final Map<FileKey, String> written = new HashMap<>();

  ArchiveOutput(OutputStream output) {
    tar = new TarWriter(output);
  }

  /** Writes a file under a name; a socket, which no archive can hold, is left out as by tar. */
  void put(String name, Node node, FileStat stat) throws IOException {
    if (stat.type() == FileType.SOCKET) {
      return;
    }
    if (stat.links() > 1 && !stat.isDirectory()) {
      String first = written.putIfAbsent(FileKey.of(stat), name);
      if (first != null) {
        tar.put(entry(name, Kind.HARD_LINK, stat, first));
        return;
      }
    }
    String target = stat.isLink() ? node.readLink() : "";
    TarEntry entry =
        entry(name, kind(stat.type()), stat, target).withExtended(node.extendedAttributes());
    if (stat.isRegular()) {
      try (InputStream content = new FileContent(node)) {
        tar.put(entry, content);
      }
    } else {
      tar.put(entry);
    }
  }

  /** Writes that a name of a lower layer is gone. */
  void putWhiteout(String path) throws IOException {
    int name = path.lastIndexOf('/') + 1;
    tar.put(
        new TarEntry(
            path.substring(0, name) + ".wh." + path.substring(name),
            Kind.FILE,
            0600,
            0,
            0,
            Instant.EPOCH,
            "",
            0,
            0,
            0));
  }

  private static TarEntry entry(String name, Kind kind, FileStat stat, String target) {
    return new TarEntry(
        name,
        kind,
        stat.mode(),
        Integer.toUnsignedLong(stat.uid()),
        Integer.toUnsignedLong(stat.gid()),
        stat.modified(),
        target,
        (int) (stat.deviceNumber() >> 8),
        (int) (stat.deviceNumber() & 0xff),
        kind == Kind.FILE ? stat.size() : 0);
  }

  private static Kind kind(FileType type) {
    return switch (type) {
      case REGULAR, SOCKET -> Kind.FILE;
      case DIRECTORY -> Kind.DIRECTORY;
      case SYMLINK -> Kind.SYMLINK;
      case FIFO -> Kind.FIFO;
      case CHARACTER -> Kind.CHARACTER;
      case BLOCK -> Kind.BLOCK;
    };
  }

  @Override
  public void close() throws IOException {
    tar.close();
  }
}
