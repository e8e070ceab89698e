package io.sockerless.backend.memory.proc;

import io.sockerless.backend.memory.fs.Mounts;
import io.sockerless.backend.memory.fs.Paths;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** What is mounted, in the two forms in which Linux tells it. */
final class MountTable {

  /** Where the kernel begins to count does not matter, as long as no number is anybody's parent. */
  private static final int FIRST = 100;

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
    for (Mounts.Mount mount : mounts.get()) {
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
    List<Mounts.Mount> all = mounts.get();
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
