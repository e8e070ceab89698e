package io.sockerless.backend.memory.files;

import io.sockerless.backend.memory.fs.LayeredTree;
import io.sockerless.backend.memory.fs.Mounts;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * All that is mounted in one container, for as long as somebody uses it. Each user closes it once;
 * the last one closes the trees.
 */
public final class ContainerMounts implements AutoCloseable {

  private final LayeredTree root;
  private final Mounts inside;
  private final Mounts outside;
  private final List<AutoCloseable> closing;
  private final AtomicInteger users = new AtomicInteger(1);

  /**
   * For a first user.
   *
   * @param closing what belongs to these mounts alone, or is a share in what does not
   */
  ContainerMounts(
      LayeredTree root, Mounts inside, Mounts outside, List<? extends AutoCloseable> closing) {
    this.root = root;
    this.inside = inside;
    this.outside = outside;
    this.closing = new ArrayList<>(closing);
  }

  /** As the container's processes see them. */
  public Mounts mounts() {
    return inside;
  }

  /** Without what has no files, such as {@code /proc}. */
  public Mounts outside() {
    return outside;
  }

  /** The container's root. */
  public LayeredTree root() {
    return root;
  }

  /** Has something done before the trees are closed. */
  void onClose(AutoCloseable action) {
    closing.addFirst(action);
  }

  /** One more user, unless it is closed already. */
  boolean retain() {
    return users.getAndUpdate(count -> count == 0 ? 0 : count + 1) > 0;
  }

  @Override
  public void close() throws IOException {
    if (users.decrementAndGet() == 0) {
      closeAll(closing);
    }
  }

  /** Closes all of them, whatever fails. */
  static void closeAll(List<? extends AutoCloseable> all) throws IOException {
    IOException failure = new IOException("a file system was not closed");
    for (AutoCloseable one : all) {
      try {
        one.close();
      } catch (Exception e) {
        failure.addSuppressed(e);
      }
    }
    if (failure.getSuppressed().length > 0) {
      throw failure;
    }
  }
}
