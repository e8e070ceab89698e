package io.sockerless.backend.memory.fs;

import java.io.IOException;
import java.lang.ref.SoftReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The layers of all images that containers were made from lately, each read once, and each image's
 * layers laid over one another once. They go when nobody uses them and memory is wanted.
 */
final class Layers {

  /** A file as it was when it was read; another one may be put in its place. */
  private record Version(Path path, long size, FileTime modified) {
    static Version of(Path path) throws IOException {
      return new Version(path, Files.size(path), Files.getLastModifiedTime(path));
    }
  }

  private final List<Furniture> furniture;
  private final Map<List<Version>, SoftReference<LowerTree>> trees = new HashMap<>();
  private final Map<Version, SoftReference<Layer>> layers = new HashMap<>();
  private final Map<List<Version>, ReentrantLock> readers = new ConcurrentHashMap<>();
  private final ReentrantLock lock = new ReentrantLock();

  /** Trees of layers that all have this where the layers have nothing. */
  Layers(List<Furniture> furniture) {
    this.furniture = furniture;
  }

  /** The tree of layers, the lowest first; who asks for the same at once waits for the first. */
  LowerTree tree(List<Path> paths) throws IOException {
    List<Version> versions = new ArrayList<>();
    for (Path path : paths) {
      versions.add(Version.of(path));
    }
    Optional<LowerTree> cached = cached(trees, versions);
    if (cached.isPresent()) {
      return cached.get();
    }
    ReentrantLock reader = readers.computeIfAbsent(versions, _ -> new ReentrantLock());
    reader.lock();
    try {
      Optional<LowerTree> meanwhile = cached(trees, versions);
      return meanwhile.isPresent() ? meanwhile.get() : merge(versions);
    } finally {
      reader.unlock();
      readers.remove(versions);
    }
  }

  private LowerTree merge(List<Version> versions) throws IOException {
    List<Layer> read = new ArrayList<>();
    for (Version version : versions) {
      Optional<Layer> cached = cached(layers, version);
      Layer layer = cached.isPresent() ? cached.get() : Layer.read(version.path());
      keep(layers, version, layer);
      read.add(layer);
    }
    LowerTree tree = LayerMerge.merge(read, furniture);
    keep(trees, versions, tree);
    return tree;
  }

  private <K, V> Optional<V> cached(Map<K, SoftReference<V>> cache, K key) {
    lock.lock();
    try {
      return Optional.ofNullable(cache.get(key)).map(SoftReference::get);
    } finally {
      lock.unlock();
    }
  }

  private <K, V> void keep(Map<K, SoftReference<V>> cache, K key, V value) {
    lock.lock();
    try {
      cache.values().removeIf(reference -> reference.refersTo(null));
      cache.put(key, new SoftReference<>(value));
    } finally {
      lock.unlock();
    }
  }
}
