package io.sockerless.backend.memory.fs;

import io.sockerless.archive.TarEntry;
import io.sockerless.archive.TarReader;
import io.sockerless.archive.TarReader.Piece;
import java.io.BufferedInputStream;
import java.io.FileInputStream;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An image's layer, which stays the tar file that it is: what is in it is listed once, and content
 * is read where it lies.
 *
 * @param members in their order
 */
record Layer(List<Member> members) {

  private static final int BUFFER = 1 << 16;

  /**
   * One member of the tar file.
   *
   * @param file the content of a regular file
   */
  record Member(TarEntry entry, Optional<LowerFile> file) {}

  /** Lists what is in a tar file; it stays mapped for as long as somebody holds a file of it. */
  static Layer read(Path path) throws IOException {
    MemorySegment tar;
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      tar = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), Arena.ofAuto());
    }
    List<Member> members = new ArrayList<>();
    try (TarReader reader =
        new TarReader(new BufferedInputStream(new FileInputStream(path.toFile()), BUFFER))) {
      for (Optional<TarEntry> next = reader.next(); next.isPresent(); next = reader.next()) {
        members.add(new Member(next.get(), file(next.get(), reader.pieces(), tar)));
      }
    }
    return new Layer(List.copyOf(members));
  }

  private static Optional<LowerFile> file(TarEntry entry, List<Piece> pieces, MemorySegment tar)
      throws IOException {
    if (entry.kind() != TarEntry.Kind.FILE) {
      return Optional.empty();
    }
    for (Piece piece : pieces) {
      if (piece.position() + piece.length() > tar.byteSize()) {
        throw new IOException("unexpected end of the tar stream in " + entry.name());
      }
    }
    if (pieces.size() == 1 && pieces.getFirst().length() == entry.size()) {
      Piece whole = pieces.getFirst();
      return Optional.of(new LayerFile.Whole(tar, whole.position(), whole.length()));
    }
    return Optional.of(new LayerFile.Sparse(tar, pieces, entry.size()));
  }
}
