package io.sockerless.backend.core.image;

import io.sockerless.archive.TarEntry;
import io.sockerless.archive.TarReader;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Refuses a layer that is no tar file, or one that means harm, before anybody reads it. */
final class TarCheck {

  private TarCheck() {}

  /**
   * Reads through a tar file's headers.
   *
   * @return the bytes of its files and of its symbolic links' targets, which is what dockerd calls
   *     a layer's size
   * @throws IOException if it breaks off, or names a file outside of itself
   */
  static long check(Path file) throws IOException {
    long size = 0;
    try (TarReader tar = new TarReader(new BufferedInputStream(Files.newInputStream(file)))) {
      for (Optional<TarEntry> entry = tar.next(); entry.isPresent(); entry = tar.next()) {
        refuseOutside(entry.get().name());
        if (entry.get().kind() == TarEntry.Kind.HARD_LINK) {
          refuseOutside(entry.get().linkTarget());
        }
        size += size(entry.get());
      }
    }
    return size;
  }

  private static long size(TarEntry entry) {
    return switch (entry.kind()) {
      case FILE -> entry.size();
      case SYMLINK -> entry.linkTarget().getBytes(StandardCharsets.UTF_8).length;
      case DIRECTORY, HARD_LINK, CHARACTER, BLOCK, FIFO -> 0;
    };
  }

  private static void refuseOutside(String name) throws IOException {
    for (String part : name.split("/", -1)) {
      if (part.equals("..")) {
        throw new IOException("invalid layer: \"" + name + "\" is outside of it");
      }
    }
  }
}
