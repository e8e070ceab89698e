package io.sockerless.backend.core.image;

import io.sockerless.archive.Decompression;
import io.sockerless.archive.SparingOutput;
import io.sockerless.archive.TarEntry;
import io.sockerless.archive.TarReader;
import io.sockerless.backend.core.registry.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An archive's files, each in a temporary file whose name is not the archive's: the names are
 * looked up and never opened. All of them go at the end.
 */
final class Staging implements AutoCloseable {

  private static final int MAX_ENTRIES = 100_000;
  private static final int MAX_TEXT = 8 * 1024 * 1024;
  private static final int MAX_LINKS = 16;

  private final ContentStore content;
  private final Map<String, Path> files = new HashMap<>();
  private final Map<String, String> links = new HashMap<>();
  private final List<Path> all = new ArrayList<>();

  Staging(ContentStore content) {
    this.content = content;
  }

  /**
   * Reads an archive to its end.
   *
   * @throws IOException if it is none, or if it names something outside of itself
   */
  void read(InputStream stream) throws IOException {
    TarReader tar = new TarReader(Decompression.of(stream));
    int entries = 0;
    for (Optional<TarEntry> entry = tar.next(); entry.isPresent(); entry = tar.next()) {
      if (++entries > MAX_ENTRIES) {
        throw new IOException("invalid archive: more than " + MAX_ENTRIES + " files");
      }
      add(entry.get(), tar);
    }
    stream.transferTo(OutputStream.nullOutputStream());
  }

  private void add(TarEntry entry, TarReader tar) throws IOException {
    String name = normal(entry.name());
    switch (entry.kind()) {
      case FILE -> {
        long told = tar.pieces().stream().mapToLong(TarReader.Piece::length).sum();
        if (told != entry.size()) {
          // Holes take nothing in the archive, and any amount here.
          throw new IOException("invalid archive: \"" + name + "\" has holes");
        }
        stage(name, tar.content());
      }
      case SYMLINK -> {
        int slash = name.lastIndexOf('/');
        links.put(name, normal(name.substring(0, slash + 1) + entry.linkTarget()));
      }
      case HARD_LINK -> links.put(name, normal(entry.linkTarget()));
      case DIRECTORY -> {
        // Names tell the folders.
      }
      case CHARACTER, BLOCK, FIFO ->
          throw new IOException("invalid archive: \"" + name + "\" is no file");
    }
  }

  private void stage(String name, InputStream data) throws IOException {
    Path file = content.fresh();
    all.add(file);
    try (OutputStream out = SparingOutput.open(file)) {
      data.transferTo(out);
    }
    files.put(name, file);
  }

  /** The name without dots; one that leads out is refused. */
  private static String normal(String name) throws IOException {
    Deque<String> parts = new ArrayDeque<>();
    for (String part : name.split("/", -1)) {
      if (part.equals("..")) {
        if (parts.pollLast() == null) {
          throw new IOException("invalid archive: \"" + name + "\" is outside of it");
        }
      } else if (!part.isEmpty() && !part.equals(".")) {
        parts.add(part);
      }
    }
    return String.join("/", parts);
  }

  /** A file of the archive, through its links. */
  Optional<Path> file(String name) throws IOException {
    String target = normal(name);
    for (int i = 0; i < MAX_LINKS && links.containsKey(target); i++) {
      target = links.getOrDefault(target, "");
    }
    return Optional.ofNullable(files.get(target));
  }

  /** A file that must be there. */
  Path required(String name) throws IOException {
    return file(name)
        .orElseThrow(() -> new IOException("invalid archive: \"" + name + "\" is missing"));
  }

  /** A small file that must be there. */
  String text(String name) throws IOException {
    Path file = required(name);
    if (Files.size(file) > MAX_TEXT) {
      throw new IOException("invalid archive: \"" + name + "\" is too large");
    }
    return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
  }

  /** Where an OCI layout has a blob. */
  static String blob(Digest digest) {
    return "blobs/" + digest.algorithm() + "/" + digest.hex();
  }

  @Override
  public void close() throws IOException {
    for (Path file : all) {
      Files.deleteIfExists(file);
    }
  }
}
