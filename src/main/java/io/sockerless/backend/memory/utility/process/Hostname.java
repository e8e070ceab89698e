package io.sockerless.backend.memory.utility.process;

import io.sockerless.backend.memory.kernel.NetworkStack;
import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.utility.Failure;
import io.sockerless.backend.memory.utility.Options;
import io.sockerless.backend.memory.utility.Output;
import io.sockerless.backend.memory.utility.Utility;
import java.io.IOException;
import java.util.List;

/** Prints the container's name or its addresses. */
final class Hostname extends Utility {

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
    if (!options.operands(0, 1).isEmpty() || options.has('F')) {
      throw new Failure("sethostname: Operation not permitted");
    }
    int dot = name.indexOf('.');
    String line =
        switch (options.lastOf("sidfI").orElse(usual)) {
          case 's' -> dot < 0 ? name : name.substring(0, dot);
          case 'd' -> dot < 0 ? "" : name.substring(dot + 1);
          case 'i', 'I' -> addresses(task, name);
          default -> name;
        };
    if (!line.isEmpty()) {
      output.printLine(line);
    }
    return 0;
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
