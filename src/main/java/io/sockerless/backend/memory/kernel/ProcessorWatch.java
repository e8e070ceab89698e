package io.sockerless.backend.memory.kernel;

import java.time.Duration;

/**
 * Holds a container to its processor time: tasks stand still for the rest of each period in which
 * they have used up what they may, as under Linux' bandwidth control, and one that has used its
 * seconds is ended. A task that takes no step for long pays with the next periods.
 */
final class ProcessorWatch implements Runnable {

  private static final Duration PERIOD = Duration.ofMillis(100);
  private static final Duration TURN = Duration.ofMillis(5);

  private final Kernel kernel;

  ProcessorWatch(Kernel kernel) {
    this.kernel = kernel;
  }

  @Override
  public void run() {
    long paid = kernel.cpu().toNanos();
    try {
      while (!kernel.hasEnded()) {
        double cpus = kernel.limits().cpus();
        long budget = cpus > 0 ? (long) (PERIOD.toNanos() * cpus) : Long.MAX_VALUE / 2;
        long end = System.nanoTime() + PERIOD.toNanos();
        while (System.nanoTime() < end) {
          kernel.throttle(kernel.cpu().toNanos() - paid >= budget);
          Thread.sleep(cpus > 0 ? TURN : PERIOD);
        }
        long used = kernel.cpu().toNanos() - paid;
        paid += Math.min(used, budget);
        endOverdue();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      kernel.throttle(false);
    }
  }

  private void endOverdue() {
    for (Task task : kernel.tasks()) {
      long seconds = task.cpu().toSeconds();
      if (seconds >= kernel.limits().cpuSecondsAtMost()) {
        task.signalFromOutside(Signal.KILL);
      } else if (seconds >= kernel.limits().cpuSeconds()) {
        task.signalFromOutside(Signal.XCPU);
      }
    }
  }
}
