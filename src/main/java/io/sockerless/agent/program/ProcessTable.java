package io.sockerless.agent.program;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** The processes below the agent, which are the container's; the agent itself is not told. */
public final class ProcessTable {

  private ProcessTable() {}

  /**
   * One process, as {@code ps} shows it.
   *
   * @param terminal such as {@code pts/0}, or {@code ?}
   * @param state the kernel's letter
   */
  public record Row(
      int pid,
      int parentPid,
      String user,
      int uid,
      Instant started,
      Duration cpu,
      String terminal,
      char state,
      List<String> command) {}

  /**
   * What they use together.
   *
   * @param cpu of those that run, and of those that ended and were waited for
   * @param memory resident, in bytes
   * @param bytesRead from storage, as far as the kernel lets the agent see it
   * @param bytesWritten to storage, as far as the kernel lets the agent see it
   */
  public record Totals(
      Duration cpu, long memory, int processes, long bytesRead, long bytesWritten) {}

  /** All of them, by process id. */
  public static List<Row> rows() {
    return List.of();
  }

  /** What they use now and have used. */
  public static Totals totals() {
    return new Totals(Duration.ZERO, 0, 0, 0, 0);
  }

  /** Delivers a signal to all of them, those that start meanwhile included. */
  public static void signalAll(int number) {}
}
