package io.sockerless.backend.core.image;

import io.sockerless.archive.Decompression;
import io.sockerless.archive.SparingOutput;
import io.sockerless.backend.core.registry.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Optional;

/** Brings a layer into the store: unpacked, checked, under its diff id. */
final class LayerWriter {

  private final ContentStore content;

  LayerWriter(ContentStore content) {
    this.content = content;
  }

  /**
   * Stores a layer, which may be compressed.
   *
   * @param expected what its diff id must be
   * @return its diff id
   * @throws IOException if it is another one, or no tar; nothing is left then
   */
  Digest write(InputStream stream, Optional<Digest> expected) throws IOException {
    MessageDigest hash = expected.map(Digest::newHash).orElseGet(Digest::sha256);
    Path file = content.fresh();
    try {
      try (InputStream tar = Decompression.of(stream);
          OutputStream out = SparingOutput.open(file)) {
        Streams.copy(tar, out, hash::update);
      } catch (UncheckedIOException | IllegalStateException | IllegalArgumentException e) {
        throw new IOException("invalid layer: " + e.getMessage(), e);
      } catch (RuntimeException e) {
        throw new IOException("invalid layer: broken compression", e);
      }
      Digest diffId = check(hash, expected);
      long size = TarCheck.check(file);
      content.putLayer(file, diffId, size);
      return diffId;
    } finally {
      Files.deleteIfExists(file);
    }
  }

  private static Digest check(MessageDigest hash, Optional<Digest> expected) throws IOException {
    if (expected.isEmpty()) {
      return Digest.sha256(hash);
    }
    Digest found = Digest.sha256(hash);
    if (!found.equals(expected.get())) {
      throw new IOException(
          "invalid diffID for layer: expected \"%s\", got \"%s\"".formatted(expected.get(), found));
    }
    return found;
  }
}
