package io.sockerless.backend.memory.files;

import io.sockerless.backend.memory.fs.FileTree;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;

/** Trees that may be open only once, shared by all who want them, closed after the last of them. */
final class TreeRegistry<T extends FileTree> {

  private final Map<Path, Slot> slots = new ConcurrentHashMap<>();

  /** Opens a tree that nobody has open. */
  @FunctionalInterface
  interface Opener<T> {
    T open() throws IOException;
  }

  /** One user's share in a tree. */
  interface Lease<T> extends AutoCloseable {

    T tree();

    /** Gives the share back; once or more often. */
    @Override
    void close() throws IOException;
  }

  /** What is known of one folder; replaced by another one once its tree was closed. */
  private final class Slot {
    private final ReentrantLock lock = new ReentrantLock();
    private Optional<T> tree = Optional.empty();
    private int users;
    private boolean over;
  }

  /** A share in the tree of a folder. */
  Lease<T> acquire(Path folder, Opener<T> opener) throws IOException {
    while (true) {
      Slot slot = slots.computeIfAbsent(folder, _ -> new Slot());
      slot.lock.lock();
      try {
        if (!slot.over) {
          T tree = open(folder, slot, opener);
          slot.users++;
          return lease(folder, slot, tree);
        }
      } finally {
        slot.lock.unlock();
      }
    }
  }

  private T open(Path folder, Slot slot, Opener<T> opener) throws IOException {
    if (slot.tree.isPresent()) {
      return slot.tree.get();
    }
    boolean opened = false;
    try {
      T tree = opener.open();
      slot.tree = Optional.of(tree);
      opened = true;
      return tree;
    } finally {
      if (!opened) {
        slot.over = true;
        slots.remove(folder, slot);
      }
    }
  }

  private Lease<T> lease(Path folder, Slot slot, T tree) {
    AtomicBoolean closed = new AtomicBoolean();
    return new Lease<>() {
      @Override
      public T tree() {
        return tree;
      }

      @Override
      public void close() throws IOException {
        if (closed.compareAndSet(false, true)) {
          release(folder, slot, tree);
        }
      }
    };
  }

  private void release(Path folder, Slot slot, T tree) throws IOException {
    slot.lock.lock();
    try {
      slot.users--;
      if (slot.users == 0) {
        slot.over = true;
        tree.close();
        slots.remove(folder, slot);
      }
    } finally {
      slot.lock.unlock();
    }
  }
}
