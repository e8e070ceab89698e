package io.sockerless.backend.memory.proc;

import io.sockerless.backend.memory.kernel.Limits;
import io.sockerless.backend.memory.kernel.Task;

/** {@code /proc/PID/limits}: what a process may take at most. */
final class TaskLimits {

  private static final long NONE = Long.MAX_VALUE;

  private TaskLimits() {}

  static String table(Task task) {
    Limits limits = task.kernel().limits();
    StringBuilder text = new StringBuilder(limit("Limit", "Soft Limit", "Hard Limit", "Units"));
    text.append(limit("Max cpu time", limits.cpuSeconds(), limits.cpuSecondsAtMost(), "seconds"));
    for (String name : new String[] {"file", "data", "stack"}) {
      text.append(limit("Max " + name + " size", NONE, NONE, "bytes"));
    }
    text.append(limit("Max core file size", 0, 0, "bytes"));
    text.append(limit("Max resident set", NONE, NONE, "bytes"));
    text.append(limit("Max processes", limits.processes(), limits.processes(), "processes"));
    text.append(
        limit(
            "Max open files",
            task.descriptors().limit(),
            task.descriptors().limitAtMost(),
            "files"));
    text.append(limit("Max locked memory", NONE, NONE, "bytes"));
    text.append(limit("Max address space", NONE, NONE, "bytes"));
    text.append(limit("Max file locks", NONE, NONE, "locks"));
    text.append(limit("Max pending signals", NONE, NONE, "signals"));
    text.append(limit("Max msgqueue size", NONE, NONE, "bytes"));
    text.append(limit("Max nice priority", 0, 0, ""));
    text.append(limit("Max realtime priority", 0, 0, ""));
    text.append(limit("Max realtime timeout", NONE, NONE, "us"));
    return text.toString();
  }

  private static String limit(String name, long soft, long hard, String unit) {
    return limit(name, shown(soft), shown(hard), unit);
  }

  private static String limit(String name, String soft, String hard, String unit) {
    return "%-25s %-20s %-20s %-10s\n".formatted(name, soft, hard, unit);
  }

  private static String shown(long limit) {
    return limit == NONE ? "unlimited" : Long.toString(limit);
  }
}
