package io.sockerless.backend.core.container;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The threads that go on for containers when no client's call does. They write logs, documents and
 * folders; so an engine that has been closed waits for them, and the next one may have the folder.
 */
final class ContainerThreads implements AutoCloseable {

  private static final Logger LOG = System.getLogger(ContainerThreads.class.getName());

  /** Longer than the last output of a killed process is waited for. */
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
  private final CountDownLatch closing = new CountDownLatch(1);

  /** Starts one. */
  void start(String name, Runnable work) {
    Thread thread = Thread.ofVirtual().name(name).unstarted(() -> run(work));
    threads.add(thread);
    thread.start();
  }

  private void run(Runnable work) {
    try {
      work.run();
    } finally {
      threads.remove(Thread.currentThread());
    }
  }

  /**
   * Pauses the thread that calls, which is one of these.
   *
   * @return false if the engine closes meanwhile
   */
  boolean pause(Duration duration) {
    try {
      return !closing.await(duration.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Ends all pauses. */
  void endPauses() {
    closing.countDown();
  }

  /** Waits for all; to be called when nothing runs any more that they wait for. */
  @Override
  public void close() {
    endPauses();
    long end = System.nanoTime() + PATIENCE.toNanos();
    try {
      for (Thread thread : threads) {
        if (!thread.join(Duration.ofNanos(Math.max(1, end - System.nanoTime())))) {
          LOG.log(Level.WARNING, "thread {0} is still busy with its container", thread.getName());
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
