package io.sockerless.backend.memory.utility.process;

import io.sockerless.backend.memory.fs.OpenFile;
import io.sockerless.backend.memory.fs.OpenMode;
import io.sockerless.backend.memory.kernel.FileInput;
import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.kernel.Text;
import io.sockerless.backend.memory.utility.Quantities;
import java.io.IOException;

/** What utilities tell of the machine, as the container's {@code /proc} has it. */
final class SystemFacts {

  private static final int MAX_FILE = 1 << 20;

  private SystemFacts() {}

  /** The machine in Linux' words. */
  static String machine() {
    String architecture = System.getProperty("os.arch", "");
    return switch (architecture) {
      case "amd64", "x86_64" -> "x86_64";
      case "aarch64", "arm64" -> "aarch64";
      default -> architecture;
    };
  }

  /** The kernel's release. */
  static String release(Task task) {
    return read(task, "/proc/sys/kernel/osrelease").strip();
  }

  /** A file's text; nothing if it cannot be read. */
  static String read(Task task, String path) {
    try (OpenFile file = task.files().open(path, OpenMode.READ)) {
      return Text.decode(new FileInput(file).readNBytes(MAX_FILE));
    } catch (IOException e) {
      return "";
    }
  }

  /** A line of {@code /proc/meminfo} in bytes; 0 if it is not there. */
  static long memory(Task task, String name) {
    for (String line : read(task, "/proc/meminfo").lines().toList()) {
      if (line.startsWith(name + ":")) {
        String[] words = line.substring(name.length() + 1).strip().split(" ", -1);
        return Quantities.parse(words[0], 10).orElse(0L) << 10;
      }
    }
    return 0;
  }

  /** How many processors the container may use. */
  static int processors(Task task) {
    int machine = Runtime.getRuntime().availableProcessors();
    double limit = task.kernel().limits().cpus();
    return limit > 0 ? Math.clamp((long) Math.ceil(limit), 1, machine) : machine;
  }
}
