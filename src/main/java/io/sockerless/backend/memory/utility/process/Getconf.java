package io.sockerless.backend.memory.utility.process;

import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.utility.Failure;
import io.sockerless.backend.memory.utility.Options;
import io.sockerless.backend.memory.utility.Output;
import io.sockerless.backend.memory.utility.Utility;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Prints what the system is made for: scripts ask how many processors there are, how large a page
 * is, and how many bits a word has.
 *
 * @see <a href="https://pubs.opengroup.org/onlinepubs/9699919799/utilities/getconf.html">POSIX</a>
 */
final class Getconf extends Utility {

  private static final int ERROR = 2;
  private static final int PAGE = 4_096;

  /** What never changes; the largest numbers are those of C's types on a machine of 64 bits. */
  private static final Map<String, String> FIXED =
      Map.ofEntries(
          Map.entry("ARG_MAX", "2097152"),
          Map.entry("CHAR_BIT", "8"),
          Map.entry("CLK_TCK", "100"),
          Map.entry("HOST_NAME_MAX", "64"),
          Map.entry("INT_MAX", "2147483647"),
          Map.entry("INT_MIN", "-2147483648"),
          Map.entry("IOV_MAX", "1024"),
          Map.entry("LINE_MAX", "2048"),
          Map.entry("LOGIN_NAME_MAX", "256"),
          Map.entry("LONG_BIT", "64"),
          Map.entry("NAME_MAX", "255"),
          Map.entry("NGROUPS_MAX", "65536"),
          Map.entry("PAGESIZE", "" + PAGE),
          Map.entry("PAGE_SIZE", "" + PAGE),
          Map.entry("PATH", "/bin:/usr/bin"),
          Map.entry("PATH_MAX", "4096"),
          Map.entry("PIPE_BUF", "4096"),
          Map.entry("RE_DUP_MAX", "32767"),
          Map.entry("SSIZE_MAX", "32767"),
          Map.entry("STREAM_MAX", "16"),
          Map.entry("TTY_NAME_MAX", "32"),
          Map.entry("UINT_MAX", "4294967295"),
          Map.entry("WORD_BIT", "32"),
          Map.entry("_POSIX_VERSION", "200809"),
          Map.entry("_XOPEN_VERSION", "700"));

  @Override
  protected int run(Task task, Output output) throws IOException {
    Options options = Options.parse(task, ERROR, "av:");
    Map<String, String> values = values(task);
    if (options.has('a')) {
      for (Map.Entry<String, String> value : values.entrySet()) {
        output.printLine("%-34s %s".formatted(value.getKey(), value.getValue()));
      }
      return 0;
    }
    List<String> operands = options.operands(1, 2);
    String value = values.get(operands.getFirst());
    if (value == null) {
      throw new Failure(ERROR, "Unrecognized variable `" + operands.getFirst() + "'");
    }
    output.printLine(value);
    return 0;
  }

  /** All that there is to ask for, in order. */
  private static Map<String, String> values(Task task) {
    Map<String, String> values = new TreeMap<>(FIXED);
    String processors = Integer.toString(Runtime.getRuntime().availableProcessors());
    values.put("_NPROCESSORS_CONF", processors);
    values.put("_NPROCESSORS_ONLN", processors);
    values.put("_PHYS_PAGES", Long.toString(SystemFacts.memory(task, "MemTotal") / PAGE));
    values.put("_AVPHYS_PAGES", Long.toString(SystemFacts.memory(task, "MemFree") / PAGE));
    values.put("OPEN_MAX", Integer.toString(task.kernel().limits().openFiles()));
    return values;
  }
}
