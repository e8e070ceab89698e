package io.sockerless.backend.memory.kernel;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Who has started a task, and how the task waits for what becomes of those that it has started. */
final class Family {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition childChanged = lock.newCondition();
  private volatile Optional<Task> parent;
  private volatile boolean orphaned;

  /** A task that another has started, or none of its container. */
  Family(Optional<Task> parent) {
    this.parent = parent;
  }

  Optional<Task> parent() {
    return parent;
  }

  /** The parent has ended. */
  void orphan() {
    parent = Optional.empty();
    orphaned = true;
  }

  /**
   * The number that a task tells of its parent: those whose parents have ended fall to the first.
   */
  int parentPid() {
    return parent.map(Task::pid).orElse(orphaned ? PidNamespace.FIRST : 0);
  }

  /** Waits until a child has ended. */
  void awaitEnd(Task child) throws IOException {
    lock.lock();
    try {
      while (!child.hasEnded()) {
        Waiting.on(childChanged);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Waits until one of some children has ended or is stopped, and tells which. */
  Task awaitChange(List<Task> children) throws IOException {
    lock.lock();
    try {
      while (true) {
        for (Task child : children) {
          if (child.hasEnded() || child.isStopped()) {
            return child;
          }
        }
        Waiting.on(childChanged);
      }
    } finally {
      lock.unlock();
    }
  }

  /** A child has ended or is stopped. */
  void childHasChanged() {
    lock.lock();
    try {
      childChanged.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
