package io.sockerless.backend.memory.files;

import io.sockerless.backend.memory.fs.FileTree;
import io.sockerless.backend.memory.fs.Node;
import java.io.IOException;

/**
 * A folder or file of another tree, mounted as if there were nothing else in that.
 *
 * @param whole which whoever opened it closes
 */
record PartialTree(FileTree whole, Node root) implements FileTree {

  @Override
  public String type() {
    return whole.type();
  }

  @Override
  public Usage usage() throws IOException {
    return whole.usage();
  }

  @Override
  public void close() {}
}
