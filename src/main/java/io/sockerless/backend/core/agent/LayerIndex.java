package io.sockerless.backend.core.agent;

import io.sockerless.archive.TarEntry;
import io.sockerless.archive.TarReader;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What an image's layers hold when they lie over one another, a description a path; contents stay
 * where they are.
 *
 * @see <a href="https://github.com/opencontainers/image-spec/blob/main/layer.md">OCI layers</a>
 */
final class LayerIndex {

  static final String WHITEOUT = ".wh.";
  private static final String OPAQUE = ".wh..wh..opq";

  private final TreeMap<String, TarEntry> entries = new TreeMap<>();

  private LayerIndex() {}

  /** Of uncompressed tar files, the lowest first. */
  static LayerIndex of(List<Path> layers) throws IOException {
    LayerIndex index = new LayerIndex();
    for (Path layer : layers) {
      TreeMap<String, TarEntry> own = new TreeMap<>();
      try (TarReader tar = new TarReader(new BufferedInputStream(Files.newInputStream(layer)))) {
        for (Optional<TarEntry> next = tar.next(); next.isPresent(); next = tar.next()) {
          index.take(next.get(), own);
        }
      }
      own.forEach(index::put);
    }
    return index;
  }

  private void take(TarEntry entry, SortedMap<String, TarEntry> own) {
    String path = normal(entry.name());
    String name = path.substring(path.lastIndexOf('/') + 1);
    String parent = path.substring(0, path.length() - name.length());
    if (name.equals(OPAQUE)) {
      below(parent).clear();
    } else if (name.startsWith(WHITEOUT)) {
      remove(parent + name.substring(WHITEOUT.length()));
    } else if (!path.isEmpty()) {
      own.put(path, entry);
    }
  }

  private void put(String path, TarEntry entry) {
    if (entry.kind() != TarEntry.Kind.DIRECTORY) {
      remove(path);
    }
    entries.put(path, entry);
  }

  private void remove(String path) {
    entries.remove(path);
    below(path + "/").clear();
  }

  private SortedMap<String, TarEntry> below(String prefix) {
    return entries.subMap(prefix, prefix + Character.MAX_VALUE);
  }

  /** A path without slashes at both ends, dots and empty names. */
  static String normal(String path) {
    return Path.of("/" + path).normalize().toString().substring(1);
  }

  /** What is at a path; of a hard link, the file that it is a name of. */
  Optional<TarEntry> find(String path) {
    Optional<TarEntry> entry = Optional.ofNullable(entries.get(path));
    return entry
        .filter(it -> it.kind() == TarEntry.Kind.HARD_LINK)
        .map(link -> Optional.ofNullable(entries.get(normal(link.linkTarget()))))
        .orElse(entry);
  }

  /** All paths, without slashes in front; folders before what is in them. */
  List<String> paths() {
    return List.copyOf(entries.keySet());
  }
}
