package io.sockerless.agent.program.files;

import io.sockerless.agent.program.posix.Descriptor;
import io.sockerless.agent.program.posix.Folder;
import io.sockerless.archive.TarEntry;
import io.sockerless.archive.TarReader;
import io.sockerless.archive.TarReader.Piece;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** Makes a file of a tar stream's current member. */
final class FileWriter {

  private static final int BUFFER = 65_536;

  private FileWriter() {}

  /** Holes stay holes: a small stream that tells of a huge file must not fill the disk. */
  static void write(Folder folder, String name, TarEntry entry, TarReader tar) throws IOException {
    try (Descriptor file = folder.create(name, 0600);
        InputStream content = tar.content()) {
      byte[] buffer = new byte[Math.clamp(entry.size(), 1, BUFFER)];
      long position = 0;
      for (Piece piece : tar.pieces()) {
        content.skipNBytes(piece.start() - position);
        file.seek(piece.start());
        position = piece.start();
        long end = piece.start() + piece.length();
        while (position < end) {
          int count = content.read(buffer, 0, (int) Math.min(buffer.length, end - position));
          if (count < 0) {
            throw new EOFException("unexpected end of the tar stream");
          }
          file.write(buffer, 0, count);
          position += count;
        }
      }
      if (position < entry.size()) {
        file.truncate(entry.size());
      }
    }
  }
}
