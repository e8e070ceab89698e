package io.sockerless.backend.memory.kernel;

/**
 * What a container may use; changed while it runs.
 *
 * @see <a href="https://docs.docker.com/reference/api/engine/version/v1.51/">the API's {@code
 *     Resources}</a>
 */
public final class Limits {

  private static final int MAX_PROCESSES = 4_096;

  /** Linux' usual period of processor time, in microseconds. */
  private static final long PERIOD = 100_000;

  private static final int OPEN_FILES = 1_048_576;

  private volatile long memory;
  private volatile int processes = MAX_PROCESSES;
  private volatile double cpus;
  private volatile long cpuPeriod = PERIOD;
  private volatile int openFiles = OPEN_FILES;
  private volatile int openFilesAtMost = OPEN_FILES;
  private volatile long cpuSeconds = Long.MAX_VALUE;
  private volatile long cpuSecondsAtMost = Long.MAX_VALUE;
  private volatile int oomScore;
  private volatile Runnable watcher = () -> {};

  /** How many bytes, or {@link Long#MAX_VALUE} for no limit. */
  public long memory() {
    return memory == 0 ? Long.MAX_VALUE : memory;
  }

  /** Sets the bytes; 0 takes the limit off. */
  public void setMemory(long bytes) {
    memory = bytes;
  }

  /** What makes its tasks likelier to be ended where memory is short, from -1000 to 1000. */
  public int oomScore() {
    return oomScore;
  }

  /** Sets that score; where each container has its own memory it is but told. */
  public void setOomScore(int score) {
    oomScore = score;
  }

  /** How many tasks at a time. */
  public int processes() {
    return processes;
  }

  /** Whether there are fewer of them than every container may have. */
  public boolean limitsProcesses() {
    return processes < MAX_PROCESSES;
  }

  /** Sets the number of tasks; 0 and less is the most that there may ever be. */
  public void setProcesses(long number) {
    processes = number <= 0 ? MAX_PROCESSES : (int) Math.min(number, MAX_PROCESSES);
  }

  /** How many processors' time, 0 for all there is. */
  public double cpus() {
    return cpus;
  }

  /** Sets how many processors' time; 0 takes the limit off. */
  public void setCpus(double number) {
    cpus = number;
    watcher.run();
  }

  /**
   * Sets how many processors' time, as parts of a period.
   *
   * @param quota microseconds of time in each period; 0 and less takes the limit off
   * @param period microseconds; 0 for the usual
   */
  public void setCpuQuota(long quota, long period) {
    cpuPeriod = period > 0 ? period : PERIOD;
    setCpus(quota > 0 ? (double) quota / cpuPeriod : 0);
  }

  /** The microseconds of processor time in each period. */
  public long cpuQuota() {
    return Math.round(cpus * cpuPeriod);
  }

  /** The microseconds of a period. */
  public long cpuPeriod() {
    return cpuPeriod;
  }

  /** How many descriptors a task may have. */
  public int openFiles() {
    return openFiles;
  }

  /** Up to where a task may raise that. */
  public int openFilesAtMost() {
    return openFilesAtMost;
  }

  /** Sets the number of descriptors that a task has at first, and may have at most. */
  public void setOpenFiles(long soft, long hard) {
    openFilesAtMost = hard < 0 ? OPEN_FILES : Math.clamp(hard, 0, OPEN_FILES);
    openFiles = soft < 0 ? openFilesAtMost : Math.clamp(soft, 0, openFilesAtMost);
  }

  /** The seconds of processor time after which a task gets {@link Signal#XCPU}. */
  public long cpuSeconds() {
    return cpuSeconds;
  }

  /** The seconds of processor time after which a task is killed. */
  public long cpuSecondsAtMost() {
    return cpuSecondsAtMost;
  }

  /** Sets the seconds of processor time that a task may use; less than 0 is no limit. */
  public void setCpuSeconds(long soft, long hard) {
    cpuSeconds = soft < 0 ? Long.MAX_VALUE : soft;
    cpuSecondsAtMost = hard < 0 ? Long.MAX_VALUE : hard;
    watcher.run();
  }

  /** Whether somebody has to look at the processor time that is used. */
  boolean needsWatching() {
    return cpus > 0 || cpuSeconds < Long.MAX_VALUE || cpuSecondsAtMost < Long.MAX_VALUE;
  }

  /** Runs when a limit changes that somebody has to watch. */
  void onChange(Runnable watcher) {
    this.watcher = watcher;
  }
}
