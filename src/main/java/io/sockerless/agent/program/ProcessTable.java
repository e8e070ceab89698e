package io.sockerless.agent.program;

import io.sockerless.agent.program.posix.Native;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The processes below the agent, which are the container's; the agent itself is not told. */
public final class ProcessTable {

  /** What the kernel tells user space is in hundredths of a second on all of its platforms. */
  private static final long TICK_MILLIS = 10;

  private static final int EFFECTIVE = 1;
  private static final long KIBIBYTE = 1_024;

  /** Whoever starts processes faster than they can be found is not caught up with. */
  private static final int MAX_ROUNDS = 50;

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
    Accounts accounts = Accounts.read();
    Instant boot = boot();
    List<Row> rows = new ArrayList<>();
    for (ProcessFiles each : descendants()) {
      int uid = (int) each.number("status", "Uid", EFFECTIVE);
      rows.add(
          new Row(
              each.pid(),
              each.parent(),
              accounts.nameOf(uid),
              uid,
              boot.plusMillis(each.startTicks() * TICK_MILLIS),
              Duration.ofMillis(each.ticks() * TICK_MILLIS),
              each.terminal(),
              each.state(),
              each.command()));
    }
    rows.sort(Comparator.comparingInt(Row::pid));
    return rows;
  }

  private static Instant boot() {
    try {
      for (String line : Files.readAllLines(Path.of("/proc/stat"))) {
        if (line.startsWith("btime ")) {
          return Instant.ofEpochSecond(Long.parseLong(line.substring(6)));
        }
      }
    } catch (IOException e) {
      throw new IllegalStateException("no /proc", e);
    }
    return Instant.EPOCH;
  }

  /** What they use now and have used. */
  public static Totals totals() {
    long ticks = ProcessFiles.of(own()).map(ProcessFiles::childrenTicks).orElse(0L);
    long memory = 0;
    long read = 0;
    long written = 0;
    List<ProcessFiles> all = descendants();
    for (ProcessFiles each : all) {
      ticks += each.ticks() + each.childrenTicks();
      memory += each.number("status", "VmRSS", 0) * KIBIBYTE;
      read += each.number("io", "read_bytes", 0);
      written += each.number("io", "write_bytes", 0);
    }
    return new Totals(Duration.ofMillis(ticks * TICK_MILLIS), memory, all.size(), read, written);
  }

  /** Delivers a signal to all of them, those that start meanwhile included. */
  public static void signalAll(int number) {
    Set<Integer> signalled = new HashSet<>();
    boolean more = true;
    for (int round = 0; more && round < MAX_ROUNDS; round++) {
      more = false;
      for (ProcessFiles each : descendants()) {
        if (signalled.add(each.pid())) {
          Native.KILL.callInt(each.pid(), number);
          more = true;
        }
      }
    }
  }

  private static int own() {
    return (int) ProcessHandle.current().pid();
  }

  private static List<ProcessFiles> descendants() {
    Map<Integer, List<ProcessFiles>> children = new HashMap<>();
    for (ProcessFiles each : ProcessFiles.all()) {
      children.computeIfAbsent(each.parent(), parent -> new ArrayList<>()).add(each);
    }
    List<ProcessFiles> found = new ArrayList<>();
    Deque<Integer> parents = new ArrayDeque<>(List.of(own()));
    while (!parents.isEmpty()) {
      for (ProcessFiles child : children.getOrDefault(parents.pop(), List.of())) {
        found.add(child);
        parents.push(child.pid());
      }
    }
    return found;
  }
}
