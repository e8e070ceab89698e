package io.sockerless.backend.memory.utility.process;

import io.sockerless.backend.core.driver.LinuxCapability;
import io.sockerless.backend.memory.fs.OpenFile;
import io.sockerless.backend.memory.fs.OpenMode;
import io.sockerless.backend.memory.fs.PosixException;
import io.sockerless.backend.memory.kernel.FileInput;
import io.sockerless.backend.memory.kernel.NetworkStack;
import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.kernel.Text;
import io.sockerless.backend.memory.utility.Failure;
import io.sockerless.backend.memory.utility.Options;
import io.sockerless.backend.memory.utility.Output;
import io.sockerless.backend.memory.utility.Utility;
import java.io.IOException;
import java.util.List;

/** Prints the container's name or its addresses. */
final class Hostname extends Utility {

  private static final int MAX_HOSTS = 1 << 20;

  private final char usual;

  /**
   * A command of that kind.
   *
   * @param usual the option letter that it has without one; a blank for the whole name
   */
  Hostname(char usual) {
    this.usual = usual;
  }

  @Override
  protected int run(Task task, Output output) throws IOException {
    Options options = Options.parse(task, "sidfF:I");
    String name = task.kernel().hostname();
    List<String> operands = options.operands(0, 1);
    if (!operands.isEmpty() || options.has('F')) {
      String other =
          options.has('F')
              ? SystemFacts.read(task, options.value('F').orElseThrow()).strip()
              : operands.getFirst();
      set(task, other);
      return 0;
    }
    String whole = whole(task, name);
    int dot = whole.indexOf('.');
    String line =
        switch (options.lastOf("sidfI").orElse(usual)) {
          case 's' -> dot < 0 ? whole : whole.substring(0, dot);
          case 'd' -> dot < 0 ? "" : whole.substring(dot + 1);
          case 'f' -> whole;
          case 'i', 'I' -> addresses(task, name);
          default -> name;
        };
    if (!line.isEmpty()) {
      output.printLine(line);
    }
    return 0;
  }

  private static void set(Task task, String name) throws IOException {
    try {
      task.files().credentials().need(LinuxCapability.SYS_ADMIN);
    } catch (PosixException e) {
      throw Failure.of(1, "sethostname", e);
    }
    task.kernel().setHostname(name);
  }

  /** The first name of the line of {@code /etc/hosts} that the host is in, else its name. */
  private static String whole(Task task, String name) {
    try (OpenFile file = task.files().open("/etc/hosts", OpenMode.READ)) {
      return Text.decode(new FileInput(file).readNBytes(MAX_HOSTS))
          .lines()
          .map(line -> List.of(line.split("#", 2)[0].trim().split("\\s+", -1)))
          .filter(words -> words.subList(1, words.size()).contains(name))
          .map(words -> words.get(1))
          .findFirst()
          .orElse(name);
    } catch (IOException e) {
      return name;
    }
  }

  private static String addresses(Task task, String name) {
    List<String> found = task.kernel().network().resolve(name);
    if (found.isEmpty()) {
      found =
          task.kernel().network().interfaces().stream()
              .map(NetworkStack.Interface::address)
              .filter(address -> !address.startsWith("127."))
              .toList();
    }
    return String.join(" ", found);
  }
}
