package io.sockerless.agent.program;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What the kernel tells about one process.
 *
 * @param fields of {@code stat} behind the program's name
 * @see <a href="https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html">proc_pid_stat(5)</a>
 */
record ProcessFiles(int pid, String program, List<String> fields) {

  private static final Path PROC = Path.of("/proc");

  private static final int STATE = 0;
  private static final int PARENT = 1;
  private static final int TERMINAL = 4;
  private static final int USER_TIME = 11;
  private static final int SYSTEM_TIME = 12;
  private static final int CHILDREN_USER_TIME = 13;
  private static final int CHILDREN_SYSTEM_TIME = 14;
  private static final int START_TIME = 19;

  /** Empty if it has ended. */
  static Optional<ProcessFiles> of(int pid) {
    try {
      String stat = text(pid, "stat");
      int start = stat.indexOf('(') + 1;
      int end = stat.lastIndexOf(')');
      List<String> fields = Arrays.asList(stat.substring(end + 2).strip().split(" ", -1));
      return Optional.of(new ProcessFiles(pid, stat.substring(start, end), fields));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** All processes that there are. */
  static List<ProcessFiles> all() {
    List<ProcessFiles> all = new ArrayList<>();
    String[] names = PROC.toFile().list();
    for (String name : names == null ? new String[0] : names) {
      if (name.charAt(0) >= '1' && name.charAt(0) <= '9') {
        of(Integer.parseInt(name)).ifPresent(all::add);
      }
    }
    return all;
  }

  private static String text(int pid, String file) throws IOException {
    byte[] bytes = Files.readAllBytes(PROC.resolve(Integer.toString(pid)).resolve(file));
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private String text(String file) {
    try {
      return text(pid, file);
    } catch (IOException e) {
      // It has ended meanwhile, or is another user's.
      return "";
    }
  }

  int parent() {
    return Integer.parseInt(fields.get(PARENT));
  }

  char state() {
    return fields.get(STATE).charAt(0);
  }

  /** In the kernel's ticks since it was booted. */
  long startTicks() {
    return Long.parseLong(fields.get(START_TIME));
  }

  /** What it has used of processors, in the kernel's ticks. */
  long ticks() {
    return Long.parseLong(fields.get(USER_TIME)) + Long.parseLong(fields.get(SYSTEM_TIME));
  }

  /** What those of its children used whose status it has taken, in the kernel's ticks. */
  long childrenTicks() {
    return Long.parseLong(fields.get(CHILDREN_USER_TIME))
        + Long.parseLong(fields.get(CHILDREN_SYSTEM_TIME));
  }

  /** The controlling terminal as {@code ps} writes it. */
  String terminal() {
    int device = Integer.parseInt(fields.get(TERMINAL));
    int major = device >> 8 & 0xfff;
    int minor = (device & 0xff) | (device >> 12 & 0xfff00);
    if (major >= 136 && major <= 143) {
      return "pts/" + ((major - 136) * 256 + minor);
    }
    return major == 4 ? "tty" + minor : "?";
  }

  /** Its program and arguments; in brackets the name of what has none any more. */
  List<String> command() {
    String line = text("cmdline");
    if (line.isEmpty()) {
      return List.of("[" + program + "]");
    }
    String whole = line.endsWith("\0") ? line.substring(0, line.length() - 1) : line;
    return Arrays.asList(whole.split("\0", -1));
  }

  /** A number of {@code status} or {@code io}, 0 if it is not told. */
  long number(String file, String key, int column) {
    for (String line : text(file).split("\n", -1)) {
      if (line.startsWith(key + ":")) {
        return Long.parseLong(line.substring(key.length() + 1).strip().split("\\s+", -1)[column]);
      }
    }
    return 0;
  }
}
