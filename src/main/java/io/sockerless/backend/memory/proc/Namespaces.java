package io.sockerless.backend.memory.proc;

import io.sockerless.backend.memory.kernel.Task;
import java.util.List;

/**
 * The namespaces that a task is in, as {@code /proc/PID/ns} names them: scripts compare the names
 * of two tasks to know whether these see the same.
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/namespaces.7.html">namespaces(7)</a>
 */
record Namespaces(Task task) {

  /** The names of all kinds. */
  static final List<String> KINDS =
      List.of(
          "cgroup",
          "ipc",
          "mnt",
          "net",
          "pid",
          "pid_for_children",
          "time",
          "time_for_children",
          "user",
          "uts");

  /** Where the numbers of those begin that a system makes; the ones before are its first. */
  private static final long MADE = 4_026_532_000L;

  private static final long FIRST_TIME = 4_026_531_834L;
  private static final long FIRST_CGROUP = 4_026_531_835L;
  private static final long FIRST_USER = 4_026_531_837L;
  private static final int NUMBERS = 0xffffff;

  /** The name of the one that the task is in. */
  String name(String kind) {
    String base = kind.replace("_for_children", "");
    return base + ":[" + number(base) + "]";
  }

  /** Users, times and control groups are everybody's; the others a container's, or shared. */
  private long number(String kind) {
    return switch (kind) {
      case "time" -> FIRST_TIME;
      case "cgroup" -> FIRST_CGROUP;
      case "user" -> FIRST_USER;
      case "net" -> made(task.kernel().network(), kind);
      case "pid" -> made(task.kernel().processes(), kind);
      default -> made(task.kernel(), kind);
    };
  }

  private static long made(Object shared, String kind) {
    int place = KINDS.indexOf(kind);
    return MADE + (long) (System.identityHashCode(shared) & NUMBERS) * KINDS.size() + place;
  }
}
