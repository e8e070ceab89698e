package io.sockerless.backend.memory.kernel;

/**
 * What a container may use; changed while it runs.
 *
 * @see <a href="https://docs.docker.com/reference/api/engine/version/v1.51/">the API's {@code
 *     Resources}</a>
 */
public final class Limits {

  private static final int MAX_PROCESSES = 4_096;

  private volatile long memory;
  private volatile int processes = MAX_PROCESSES;
  private volatile double cpus;

  /** How many bytes, or {@link Long#MAX_VALUE} for no limit. */
  public long memory() {
    return memory == 0 ? Long.MAX_VALUE : memory;
  }

  /** Sets the bytes; 0 takes the limit off. */
  public void setMemory(long bytes) {
    memory = bytes;
  }

  /** How many tasks at a time. */
  public int processes() {
    return processes;
  }

  /** Sets the number of tasks; 0 and less is the most that there may ever be. */
  public void setProcesses(long number) {
    processes = number <= 0 ? MAX_PROCESSES : (int) Math.min(number, MAX_PROCESSES);
  }

  /** How many processors' time, 0 for all there is. */
  public double cpus() {
    return cpus;
  }

  /** Sets how many processors' time. */
  public void setCpus(double number) {
    cpus = number;
  }
}
