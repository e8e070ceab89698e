package io.sockerless.backend.memory.files;

import io.sockerless.backend.core.driver.MountPoint;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;

/**
 * Where nothing of the host and no volume may be mounted: whoever lies over {@code /proc} tells a
 * container's processes what he likes. Docker's runtime refuses it, but for files that only show
 * the machine's load.
 */
final class ProtectedTargets {

  private static final String PROC = "/proc";
  private static final Set<String> HARMLESS =
      Set.of(
          "/proc/cpuinfo",
          "/proc/diskstats",
          "/proc/meminfo",
          "/proc/stat",
          "/proc/swaps",
          "/proc/uptime",
          "/proc/loadavg",
          "/proc/slabinfo",
          "/proc/net/dev",
          "/proc/sys/kernel/ns_last_pid");

  private ProtectedTargets() {}

  /**
   * Refuses a target.
   *
   * @param target that of the mount, as it was written or where it really leads
   */
  static void check(MountPoint point, String target) throws IOException {
    if (point.kind() == MountPoint.Kind.TMPFS) {
      return;
    }
    boolean isProc = point.kind() == MountPoint.Kind.BIND && point.source().equals(Path.of(PROC));
    if (target.equals(PROC) && !isProc) {
      throw new IOException("\"" + target + "\" cannot be mounted because it is not of type proc");
    }
    if (target.startsWith(PROC + "/") && !HARMLESS.contains(target)) {
      throw new IOException("\"" + target + "\" cannot be mounted because it is inside /proc");
    }
  }
}
