package io.sockerless.backend.memory.proc;

import io.sockerless.backend.memory.fs.FileTree;
import io.sockerless.backend.memory.kernel.NetworkStack;
import java.util.Map;
import java.util.Set;

/**
 * A container's {@code /sys}: its processors, its interfaces, and where its control group is
 * mounted.
 */
public final class SystemTree {

  private SystemTree() {}

  /** The tree, which no container changes. */
  public static FileTree create(NetworkStack network) {
    return new FixedTree(
        "sysfs",
        Map.of(
            "devices/system/cpu/online", SystemTree::processors,
            "devices/system/cpu/possible", SystemTree::processors,
            "devices/system/cpu/present", SystemTree::processors),
        Map.of("class/net", tree -> new InterfaceFiles(tree, network).folder()),
        Set.of("fs/cgroup"));
  }

  /** The range of the processors that there are. */
  static String processors() {
    int last = Runtime.getRuntime().availableProcessors() - 1;
    return (last == 0 ? "0" : "0-" + last) + "\n";
  }
}
