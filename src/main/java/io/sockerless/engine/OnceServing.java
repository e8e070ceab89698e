package io.sockerless.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Has work wait until clients are served, so that a server is ready before it: starting containers
 * again, say. What it is given is short, and leaves what takes long to a thread of its own.
 */
public final class OnceServing implements Executor {

  private final ReentrantLock lock = new ReentrantLock();
  private final List<Runnable> waiting = new ArrayList<>();
  private boolean serving;

  /** Runs the work once clients are served, or at once if they are. */
  @Override
  public void execute(Runnable work) {
    lock.lock();
    try {
      if (!serving) {
        waiting.add(work);
        return;
      }
    } finally {
      lock.unlock();
    }
    work.run();
  }

  /** Clients are served: runs what has waited, in its order. */
  public void begin() {
    List<Runnable> due;
    lock.lock();
    try {
      serving = true;
      due = List.copyOf(waiting);
      waiting.clear();
    } finally {
      lock.unlock();
    }
    due.forEach(Runnable::run);
  }
}
