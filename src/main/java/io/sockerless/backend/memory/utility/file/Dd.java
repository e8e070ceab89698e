package io.sockerless.backend.memory.utility.file;

import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.utility.Failure;
import io.sockerless.backend.memory.utility.Output;
import io.sockerless.backend.memory.utility.Utility;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Copies blocks. */
final class Dd extends Utility {

  private static final Map<String, Set<String>> FLAGS =
      Map.of(
          "conv",
              Set.of("notrunc", "sync", "noerror", "fsync", "fdatasync", "swab", "excl", "nocreat"),
          "iflag", Set.of("skip_bytes", "count_bytes", "fullblock", "direct"),
          "oflag", Set.of("seek_bytes", "append", "direct"),
          "status", Set.of("none", "noxfer", "progress"));
  private static final Set<String> VALUES =
      Set.of("if", "of", "bs", "ibs", "obs", "count", "skip", "seek");

  @Override
  protected int run(Task task, Output output) throws IOException {
    Map<String, String> values = new HashMap<>();
    Set<String> flags = new HashSet<>();
    for (String operand : task.arguments().subList(1, task.arguments().size())) {
      read(operand, values, flags);
    }
    return new DdCopy(task, values, flags).run();
  }

  private static void read(String operand, Map<String, String> values, Set<String> flags)
      throws Failure {
    int equals = operand.indexOf('=');
    String name = equals < 0 ? operand : operand.substring(0, equals);
    String value = operand.substring(equals + 1);
    if (VALUES.contains(name) && equals > 0) {
      values.put(name, value);
      return;
    }
    Set<String> known = FLAGS.get(name);
    if (known == null || equals < 0) {
      throw new Failure("missing operand: not '" + operand + "'");
    }
    for (String flag : value.split(",", -1)) {
      if (!known.contains(flag)) {
        throw new Failure("invalid argument '" + flag + "' to '" + name + "'");
      }
      flags.add(name + "=" + flag);
    }
  }
}
