package io.sockerless.backend.memory.fs;

import java.io.IOException;
import java.util.Optional;

/**
 * A tree that belongs to another container: who borrows it mounts it, and does not close it.
 *
 * @param owner the tree itself
 */
public record BorrowedTree(FileTree owner) implements FileTree {

  @Override
  public Node root() throws IOException {
    return owner.root();
  }

  @Override
  public String type() {
    return owner.type();
  }

  @Override
  public Usage usage() throws IOException {
    return owner.usage();
  }

  @Override
  public Optional<ContentTraffic> traffic() {
    return owner.traffic();
  }

  @Override
  public void close() {}
}
