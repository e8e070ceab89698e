package io.sockerless.backend.core.event;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/**
 * What one client has still to be told. It waits in a queue of its own that is bounded: who reads
 * too slowly loses the subscription, and neither memory nor anybody else's time is spent on it.
 */
final class Subscription {

  /** Events that may wait for one reader; all that is remembered is no sign of slowness. */
  static final int LIMIT = 2 * EventHistory.REMEMBERED;

  /** As long as nanoseconds can be counted. */
  private static final Duration FOREVER = Duration.ofNanos(Long.MAX_VALUE);

  private final Predicate<Event> wanted;
  private final Optional<Instant> until;
  private final Queue<Event> waiting = new ArrayDeque<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private boolean ended;
  private boolean overrun;

  /**
   * Subscribes.
   *
   * @param until when it ends by itself, if ever
   * @param history what happened before, wanted or not
   */
  Subscription(Predicate<Event> wanted, Optional<Instant> until, List<Event> history) {
    this.wanted = wanted;
    this.until = until;
    history.stream().filter(this::isDue).forEach(waiting::add);
  }

  private boolean isDue(Event event) {
    return until.map(end -> !event.time().isAfter(end)).orElse(true) && wanted.test(event);
  }

  /** Something happened; never blocks. */
  void offer(Event event) {
    if (!isDue(event)) {
      return;
    }
    lock.lock();
    try {
      if (ended || overrun) {
        return;
      }
      if (waiting.size() >= LIMIT) {
        overrun = true;
        waiting.clear();
      } else {
        waiting.add(event);
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Wakes whoever waits: there is nothing more. */
  void end() {
    lock.lock();
    try {
      ended = true;
      waiting.clear();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits for the next event; none is the end.
   *
   * @throws OverrunException if the reader was too slow
   */
  Optional<Event> next() throws IOException {
    lock.lock();
    try {
      long left = nanosLeft();
      while (waiting.isEmpty() && !overrun && !ended && left > 0) {
        left = changed.awaitNanos(left);
      }
      if (overrun) {
        throw new OverrunException();
      }
      return Optional.ofNullable(waiting.poll());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while waiting for events");
    } finally {
      lock.unlock();
    }
  }

  private long nanosLeft() {
    Duration left = until.map(end -> Duration.between(Instant.now(), end)).orElse(FOREVER);
    return left.compareTo(FOREVER) < 0 ? left.toNanos() : FOREVER.toNanos();
  }

  /** The reader was too slow. */
  static final class OverrunException extends IOException {
    private static final long serialVersionUID = 1L;

    OverrunException() {
      super("events were not read in time: more than " + LIMIT + " were waiting");
    }
  }
}
