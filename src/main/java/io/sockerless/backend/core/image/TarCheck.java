package io.sockerless.backend.core.image;

import java.io.IOException;
import java.nio.file.Path;

/** Refuses a layer that is no tar file, or one that means harm, before anybody reads it. */
final class TarCheck {

  private TarCheck() {}

  /**
   * Reads through a tar file's headers.
   *
   * @throws IOException if it breaks off, or names a file outside of itself
   */
  static void check(Path file) throws IOException {
    try (TarReader tar = TarReader.open(file)) {
      for (var entry = tar.next(); entry.isPresent(); entry = tar.next()) {
        refuseOutside(entry.get().name());
        if (entry.get().type() == '1') {
          refuseOutside(entry.get().linkName());
        }
      }
    }
  }

  private static void refuseOutside(String name) throws IOException {
    for (String part : name.split("/", -1)) {
      if (part.equals("..")) {
        throw new IOException("invalid layer: \"" + name + "\" is outside of it");
      }
    }
  }
}
