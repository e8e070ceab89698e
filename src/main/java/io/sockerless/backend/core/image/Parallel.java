package io.sockerless.backend.core.image;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Runs steps of one operation side by side, a few at a time; the first failure stops the others.
 */
final class Parallel {

  private static final int AT_A_TIME = 3;

  private final AtomicBoolean stopped = new AtomicBoolean();
  private final Semaphore turns = new Semaphore(AT_A_TIME);

  /** How many run at a time. */
  static int width() {
    return AT_A_TIME;
  }

  /** A step. */
  @FunctionalInterface
  interface Step {
    void run() throws IOException;
  }

  /** What follows a step, one at a time and in the order of the steps. */
  @FunctionalInterface
  interface Sequel {
    void run(int step) throws IOException;
  }

  /**
   * Ends a step that goes on while another one has failed.
   *
   * @throws IOException if so
   */
  void check() throws IOException {
    if (stopped.get()) {
      throw new InterruptedIOException("another layer failed");
    }
  }

  /** Runs the steps and their sequels, and waits for all. */
  void run(List<Step> steps, Sequel sequel) throws IOException {
    List<Future<?>> running = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      try {
        for (Step step : steps) {
          running.add(threads.submit(() -> inTurn(step), null));
        }
        for (int i = 0; i < steps.size(); i++) {
          await(running.get(i));
          sequel.run(i);
        }
      } finally {
        stopped.set(true);
      }
    }
  }

  private void inTurn(Step step) {
    turns.acquireUninterruptibly();
    try {
      check();
      step.run();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      turns.release();
    }
  }

  private static void await(Future<?> step) throws IOException {
    try {
      step.get();
    } catch (ExecutionException e) {
      throw switch (e.getCause()) {
        case UncheckedIOException io -> io.getCause();
        case null, default -> new IOException(e.getCause());
      };
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException();
    }
  }
}
