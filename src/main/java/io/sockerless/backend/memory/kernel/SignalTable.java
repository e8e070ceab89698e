package io.sockerless.backend.memory.kernel;

import io.sockerless.backend.memory.kernel.Task.Disposition;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What becomes of each signal that a task gets, and those that it has caught and not dealt with.
 */
final class SignalTable {

  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Signal, Disposition> dispositions = new EnumMap<>(Signal.class);
  private final EnumSet<Signal> caught = EnumSet.noneOf(Signal.class);
  private boolean interruption;

  /** KILL and STOP stay as they are. */
  void set(Signal signal, Disposition disposition) {
    if (signal == Signal.KILL || signal == Signal.STOP) {
      return;
    }
    lock.lock();
    try {
      dispositions.put(signal, disposition);
    } finally {
      lock.unlock();
    }
  }

  Disposition disposition(Signal signal) {
    lock.lock();
    try {
      return dispositions.getOrDefault(signal, Disposition.DEFAULT);
    } finally {
      lock.unlock();
    }
  }

  /** A child ignores what its parent does. */
  void inheritIgnored(SignalTable parent) {
    parent.ignored().forEach(signal -> set(signal, Disposition.IGNORE));
  }

  private List<Signal> ignored() {
    lock.lock();
    try {
      return dispositions.entrySet().stream()
          .filter(entry -> entry.getValue() == Disposition.IGNORE)
          .map(Map.Entry::getKey)
          .toList();
    } finally {
      lock.unlock();
    }
  }

  /** Another program takes over, which has no handlers of its own yet. */
  void catchNone() {
    lock.lock();
    try {
      dispositions.values().removeIf(disposition -> disposition == Disposition.CATCH);
      caught.clear();
    } finally {
      lock.unlock();
    }
  }

  /** One is caught, and interrupts what blocks. */
  void keep(Signal signal) {
    lock.lock();
    try {
      caught.add(signal);
      interruption = true;
    } finally {
      lock.unlock();
    }
  }

  /** Those that were caught since the last call. */
  Set<Signal> take() {
    lock.lock();
    try {
      EnumSet<Signal> taken = EnumSet.copyOf(caught);
      caught.clear();
      // What is dealt with must not interrupt what blocks next, such as a trap's own wait.
      interruption = false;
      return taken;
    } finally {
      lock.unlock();
    }
  }

  boolean hasCaught() {
    lock.lock();
    try {
      return !caught.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  /** Whether one was caught that has interrupted nothing yet; tells so once. */
  boolean takeInterruption() {
    lock.lock();
    try {
      boolean interrupts = interruption;
      interruption = false;
      return interrupts;
    } finally {
      lock.unlock();
    }
  }
}
