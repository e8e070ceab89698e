package io.sockerless.backend.memory.fs;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A container's root: its image's layers, and what the container has changed. */
public final class LayeredTree extends DurableTree {

  private static final Layers LAYERS = new Layers(List.of());
  private static final Layers FURNISHED = new Layers(Furniture.ALL);

  private LayeredTree(LowerTree lower, Path folder, long limit, DeviceOpener devices)
      throws IOException {
    super(lower, folder, limit, devices);
  }

  /**
   * Opens a container's root; it must be open only once at a time.
   *
   * <p>Layers are read where they are and must not change; they may go while a tree of them is
   * open. Not to be called by a sandbox's task, whose interrupt would look like a broken layer.
   *
   * @param layers uncompressed tar files, the lowest first
   * @param folder where the changes are kept, made if it is not there
   * @param limit for the content of changed files, in bytes, 0 for none
   */
  public static LayeredTree open(List<Path> layers, Path folder, long limit, DeviceOpener devices)
      throws IOException {
    return new LayeredTree(LAYERS.tree(layers), folder, limit, devices);
  }

  /** The same, with what every container's root has, in which the container changed nothing. */
  public static LayeredTree openRoot(
      List<Path> layers, Path folder, long limit, DeviceOpener devices) throws IOException {
    return new LayeredTree(FURNISHED.tree(layers), folder, limit, devices);
  }

  /** What differs from the layers, in the order of paths. */
  public List<Difference> differences() throws IOException {
    lock().readLock().lock();
    try {
      return Differences.of(this);
    } finally {
      lock().readLock().unlock();
    }
  }

  @Override
  public String type() {
    return "overlay";
  }
}
