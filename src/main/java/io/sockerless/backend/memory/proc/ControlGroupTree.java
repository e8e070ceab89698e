package io.sockerless.backend.memory.proc;

import io.sockerless.backend.memory.fs.FileTree;
import io.sockerless.backend.memory.kernel.Kernel;
import io.sockerless.backend.memory.kernel.Limits;
import io.sockerless.backend.memory.kernel.Task;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A container's {@code /sys/fs/cgroup} as version 2 has it: the limits that the sandbox holds it
 * to, and what it uses. Runtimes size their heaps and pools by it. Limits that are not held are
 * shown as none.
 *
 * @see <a href="https://docs.kernel.org/admin-guide/cgroup-v2.html">Control Group v2</a>
 */
public final class ControlGroupTree {

  private static final String NONE = "max\n";
  private static final String NOTHING = "0\n";

  private final Kernel kernel;

  private ControlGroupTree(Kernel kernel) {
    this.kernel = kernel;
  }

  /** The tree of a container. */
  public static FileTree of(Kernel kernel) {
    ControlGroupTree group = new ControlGroupTree(kernel);
    Map<String, GeneratedFile.Content> files = new TreeMap<>();
    group.addGroup(files);
    group.addMemory(files);
    group.addProcessors(files);
    group.addProcesses(files);
    return new FixedTree("cgroup2", files, Map.of(), Set.of());
  }

  private void addGroup(Map<String, GeneratedFile.Content> files) {
    files.put("cgroup.controllers", () -> "cpuset cpu memory pids\n");
    files.put("cgroup.subtree_control", () -> "\n");
    files.put("cgroup.type", () -> "domain\n");
    files.put("cgroup.procs", this::processes);
    files.put("cgroup.threads", this::processes);
    files.put("cgroup.max.depth", () -> NONE);
    files.put("cgroup.max.descendants", () -> NONE);
    files.put("cgroup.stat", () -> "nr_descendants 0\nnr_dying_descendants 0\n");
    files.put("cgroup.freeze", () -> kernel.isPaused() ? "1\n" : NOTHING);
    files.put(
        "cgroup.events", () -> "populated 1\nfrozen " + (kernel.isPaused() ? "1\n" : NOTHING));
  }

  private void addMemory(Map<String, GeneratedFile.Content> files) {
    files.put(
        "memory.max",
        () -> {
          long limit = kernel.limits().memory();
          return limit == Long.MAX_VALUE ? NONE : limit + "\n";
        });
    files.put("memory.current", () -> kernel.memory().used() + "\n");
    files.put("memory.peak", () -> kernel.memory().peak() + "\n");
    files.put("memory.high", () -> NONE);
    files.put("memory.low", () -> NOTHING);
    files.put("memory.min", () -> NOTHING);
    files.put("memory.swap.max", () -> NOTHING);
    files.put("memory.swap.current", () -> NOTHING);
    files.put("memory.oom.group", () -> NOTHING);
    files.put("memory.stat", this::memoryStatistics);
    files.put(
        "memory.events",
        () -> {
          int killed = kernel.memory().isExceeded() ? 1 : 0;
          return "low 0\nhigh 0\nmax %1$d\noom %1$d\noom_kill %1$d\n".formatted(killed);
        });
  }

  private void addProcessors(Map<String, GeneratedFile.Content> files) {
    files.put(
        "cpu.max",
        () -> {
          Limits limits = kernel.limits();
          return limits.cpus() > 0
              ? limits.cpuQuota() + " " + limits.cpuPeriod() + "\n"
              : "max " + limits.cpuPeriod() + "\n";
        });
    files.put("cpu.weight", () -> "100\n");
    files.put(
        "cpu.stat",
        () -> {
          long micros = kernel.cpu().toNanos() / 1_000;
          return "usage_usec %1$d\nuser_usec %1$d\nsystem_usec 0\n".formatted(micros);
        });
    files.put("cpuset.cpus", () -> "\n");
    files.put("cpuset.cpus.effective", SystemTree::processors);
    files.put("cpuset.mems", () -> "\n");
    files.put("cpuset.mems.effective", () -> NOTHING);
  }

  private void addProcesses(Map<String, GeneratedFile.Content> files) {
    files.put(
        "pids.max",
        () -> {
          Limits limits = kernel.limits();
          return limits.limitsProcesses() ? limits.processes() + "\n" : NONE;
        });
    files.put("pids.current", () -> kernel.tasks().size() + "\n");
    files.put("pids.events", () -> "max 0\n");
  }

  private String processes() {
    return kernel.tasks().stream()
        .map(Task::pid)
        .map(pid -> pid + "\n")
        .collect(Collectors.joining());
  }

  /** What tasks hold apart from what files in memory do. */
  private String memoryStatistics() {
    long used = kernel.memory().used();
    long anonymous = Math.min(used, kernel.tasks().stream().mapToLong(Task::memory).sum());
    return "anon %d\nfile %d\nshmem %d\n".formatted(anonymous, used - anonymous, used - anonymous);
  }
}
