package io.sockerless.backend.memory.shell.builtin;

import io.sockerless.backend.core.driver.LinuxCapability;
import io.sockerless.backend.memory.fs.Errno;
import io.sockerless.backend.memory.fs.Paths;
import io.sockerless.backend.memory.kernel.Descriptors;
import io.sockerless.backend.memory.kernel.Limits;
import io.sockerless.backend.memory.kernel.Task;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a shell's task may use, and what it did. */
final class Resources {

  private static final int ALL = 0777;
  private static final String UNLIMITED = "unlimited";

  /** What {@code ulimit} tells of, with the text of each letter. */
  private static final Map<Character, String> RESOURCES = new LinkedHashMap<>();

  static {
    RESOURCES.put('c', "core file size (blocks)");
    RESOURCES.put('d', "data seg size (kb)");
    RESOURCES.put('e', "scheduling priority");
    RESOURCES.put('f', "file size (blocks)");
    RESOURCES.put('i', "pending signals");
    RESOURCES.put('l', "max locked memory (kb)");
    RESOURCES.put('m', "max memory size (kb)");
    RESOURCES.put('n', "open files");
    RESOURCES.put('q', "POSIX message queues (bytes)");
    RESOURCES.put('r', "real-time priority");
    RESOURCES.put('s', "stack size (kb)");
    RESOURCES.put('t', "cpu time (seconds)");
    RESOURCES.put('u', "max user processes");
    RESOURCES.put('v', "virtual memory (kb)");
    RESOURCES.put('x', "file locks");
  }

  private Resources() {}

  static int times(Invocation call) throws IOException {
    String own = time(call.task().cpu()) + " " + time(Duration.ZERO) + "\n";
    Duration all = call.task().kernel().cpu().minus(call.task().cpu());
    call.print(
        own + time(all.isNegative() ? Duration.ZERO : all) + " " + time(Duration.ZERO) + "\n");
    return 0;
  }

  private static String time(Duration time) {
    long millis = time.toMillis();
    String fraction = String.valueOf(1000 + millis % 1000).substring(1);
    return millis / 60_000 + "m" + millis / 1000 % 60 + "." + fraction + "s";
  }

  static int umask(Invocation call) throws IOException {
    OptionLetters options = OptionLetters.parse(call, "Sp");
    Paths files = call.task().files();
    if (options.operands().isEmpty()) {
      String text = options.has('S') ? UmaskModes.format(files.umask()) : octal(files.umask());
      call.print(
          (options.has('p') ? "umask " + (options.has('S') ? "-S " : "") : "") + text + "\n");
      return 0;
    }
    String wanted = options.operands().getFirst();
    Optional<Integer> mask =
        Character.isDigit(wanted.isEmpty() ? 'x' : wanted.charAt(0))
            ? parseOctal(wanted)
            : UmaskModes.parse(wanted, files.umask());
    if (mask.isEmpty()) {
      throw call.abort("illegal mode: " + wanted);
    }
    files.setUmask(mask.get());
    return 0;
  }

  private static String octal(int mask) {
    String digits = Integer.toOctalString(mask);
    return "0".repeat(Math.max(0, 4 - digits.length())) + digits;
  }

  private static Optional<Integer> parseOctal(String text) {
    boolean valid = text.length() < 6 && text.chars().allMatch(c -> c >= '0' && c <= '7');
    return valid ? Optional.of(Integer.parseInt(text, 8) & ALL) : Optional.empty();
  }

  static int ulimit(Invocation call) throws IOException {
    OptionLetters options = OptionLetters.parse(call, "HSatfdsmcnlpuvwerixq");
    List<String> operands = options.operands();
    boolean hard = options.has('H');
    if (options.has('a')) {
      StringBuilder text = new StringBuilder();
      for (Map.Entry<Character, String> resource : RESOURCES.entrySet()) {
        text.append(
            "%-32s(-%c) %s\n"
                .formatted(
                    resource.getValue(),
                    resource.getKey(),
                    limit(call.task(), resource.getKey(), hard)));
      }
      call.print(text.toString());
      return 0;
    }
    if (operands.isEmpty()) {
      char letter =
          RESOURCES.keySet().stream()
              .filter(it -> options.has(it) || (it == 'u' && options.has('p')))
              .findFirst()
              .orElse('f');
      call.print(limit(call.task(), letter, hard) + "\n");
      return 0;
    }
    boolean both = hard == options.has('S');
    return options.has('n')
        ? setOpenFiles(call, operands.getFirst(), both || !hard, both || hard)
        : 0;
  }

  /**
   * What a task is held to: what the sandbox does not limit is unlimited, and what it has not, such
   * as files of a task's memory, is 0.
   */
  private static String limit(Task task, char letter, boolean hard) {
    Limits limits = task.kernel().limits();
    long limit =
        switch (letter) {
          case 'n' -> hard ? task.descriptors().limitAtMost() : task.descriptors().limit();
          case 't' -> hard ? limits.cpuSecondsAtMost() : limits.cpuSeconds();
          case 'u' -> limits.processes();
          case 'c', 'e', 'r' -> 0;
          default -> Long.MAX_VALUE;
        };
    return limit == Long.MAX_VALUE ? UNLIMITED : Long.toString(limit);
  }

  private static int setOpenFiles(Invocation call, String wanted, boolean soft, boolean hard)
      throws IOException {
    Descriptors descriptors = call.task().descriptors();
    int atMost = descriptors.limitAtMost();
    int number =
        switch (wanted) {
          case UNLIMITED -> Integer.MAX_VALUE;
          case "hard" -> atMost;
          case "soft" -> descriptors.limit();
          default -> call.requireNumber(wanted);
        };
    boolean raises =
        number > atMost
            && !(hard && call.task().files().credentials().can(LinuxCapability.SYS_RESOURCE));
    if (raises || (!soft && number < descriptors.limit())) {
      call.complain("error setting limit: " + (raises ? Errno.EPERM.text() : Errno.EINVAL.text()));
      return 2;
    }
    descriptors.setLimits(soft ? number : descriptors.limit(), hard ? number : atMost);
    return 0;
  }
}
