package io.sockerless.backend.core.container;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One container as this server holds it: what is known of it, which anybody reads at any time, and
 * the lock under which it is changed.
 */
public final class LiveContainer {

  /** How a container ended: what waiters are told. */
  record Exit(int code, String error) {}

  private static final long MOMENT_MILLIS = 200;

  private final ReentrantLock lock = new ReentrantLock();
  private volatile ContainerRecord current;
  private volatile ContainerRun run;
  private volatile CompletableFuture<Exit> nextExit = new CompletableFuture<>();
  private final CompletableFuture<Exit> removed = new CompletableFuture<>();

  LiveContainer(ContainerRecord first) {
    this.current = first;
    this.run = new ContainerRun();
  }

  /** The id. */
  public String id() {
    return current.id();
  }

  /** What is known of it now. */
  public ContainerRecord current() {
    return current;
  }

  /** Held by whoever changes the container. */
  ReentrantLock lock() {
    return lock;
  }

  /** Whether nobody has it change for longer than a moment, as a start does that waits. */
  boolean isAtRest() {
    try {
      boolean free = lock.tryLock(MOMENT_MILLIS, TimeUnit.MILLISECONDS);
      if (free) {
        lock.unlock();
      }
      return free;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Only the registry sets it, with the lock held, when it is stored. */
  void become(ContainerRecord next) {
    current = next;
  }

  /** The run that is going on, or the next one if none is. */
  public ContainerRun run() {
    return run;
  }

  /** The run has ended: whoever attaches from now on joins the next one. */
  void freshRun() {
    run = new ContainerRun();
  }

  /** Completes when the container next ends. */
  CompletableFuture<Exit> nextExit() {
    return nextExit;
  }

  /** Completes when the container is gone. */
  CompletableFuture<Exit> removed() {
    return removed;
  }

  /** Tells those who wait for the end. */
  void tellExit(Exit exit) {
    CompletableFuture<Exit> waiting = nextExit;
    nextExit = new CompletableFuture<>();
    waiting.complete(exit);
  }
}
