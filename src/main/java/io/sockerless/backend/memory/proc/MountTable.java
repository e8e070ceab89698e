package io.sockerless.backend.memory.proc;

import io.sockerless.backend.memory.fs.Mounts;
import io.sockerless.backend.memory.fs.Paths;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;

/** What is mounted, in the two forms in which Linux tells it. */
final class MountTable {

  /** Where the kernel begins to count does not matter, as long as no number is anybody's parent. */
  private static final int FIRST = 100;

  private static final List<String> FIRST_ONES =
      List.of(
          "/", "/proc", "/dev", "/dev/pts", "/sys", "/sys/fs/cgroup", "/dev/mqueue", "/dev/shm");
  private static final List<String> LAST_ONES =
      List.of("/etc/resolv.conf", "/etc/hostname", "/etc/hosts");

  private final Supplier<List<Mounts.Mount>> mounts;

  MountTable(Supplier<List<Mounts.Mount>> mounts) {
    this.mounts = mounts;
  }

  /**
   * {@code /proc/mounts}.
   *
   * @see <a href="https://man7.org/linux/man-pages/man5/fstab.5.html">fstab(5)</a>
   */
  String table() throws IOException {
    StringBuilder text = new StringBuilder();
    for (Mounts.Mount mount : inOrder()) {
      text.append(
          "%s %s %s %s 0 0\n"
              .formatted(mount.source(), mount.target(), mount.tree().type(), mount.options()));
    }
    return text.toString();
  }

  /**
   * {@code /proc/PID/mountinfo}.
   *
   * @see <a href="https://man7.org/linux/man-pages/man5/proc_pid_mountinfo.5.html">
   *     proc_pid_mountinfo(5)</a>
   */
  String information() throws IOException {
    List<Mounts.Mount> all = inOrder();
    List<String> targets = new ArrayList<>(all.stream().map(Mounts.Mount::target).toList());
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < all.size(); i++) {
      Mounts.Mount mount = all.get(i);
      text.append(
          "%d %d 0:%d / %s %s - %s %s %s\n"
              .formatted(
                  FIRST + i,
                  FIRST + parent(targets, mount.target()),
                  FIRST + i,
                  mount.target(),
                  mount.options(),
                  mount.tree().type(),
                  mount.source(),
                  mount.readOnly() ? "ro" : "rw"));
    }
    return text.toString();
  }

  /** As a runtime mounts them: the system's own, what the user asked for, the files in /etc. */
  private List<Mounts.Mount> inOrder() {
    return mounts.get().stream()
        .sorted(Comparator.comparingInt(mount -> place(mount.target())))
        .toList();
  }

  private static int place(String target) {
    int first = FIRST_ONES.indexOf(target);
    int last = LAST_ONES.indexOf(target);
    return first >= 0 ? first : FIRST_ONES.size() + 1 + last;
  }

  /** The root's is outside of the container. */
  private static int parent(List<String> targets, String target) {
    String path = target;
    while (!path.equals("/")) {
      path = Paths.parent(path);
      if (targets.contains(path)) {
        return targets.indexOf(path);
      }
    }
    return -1;
  }
}
