package io.sockerless.backend.memory.fs;

import java.io.IOException;
import java.util.Optional;

/** A file system that can be mounted: a container's layers, a volume, a host's folder, memory. */
public interface FileTree extends AutoCloseable {

  /** The folder, or for a bind the file, that is mounted. */
  Node root() throws IOException;

  /** As {@code mount} shows it, such as {@code overlay}, {@code tmpfs}, {@code proc}. */
  String type();

  /** What it holds and what it could. */
  Usage usage() throws IOException;

  /** What was read from and written to its regular files; nothing where that is not counted. */
  default Optional<ContentTraffic> traffic() {
    return Optional.empty();
  }

  @Override
  void close() throws IOException;

  /**
   * Space in bytes and files.
   *
   * @param total 0 where nothing limits it
   */
  record Usage(long total, long free, long files, long freeFiles) {}
}
