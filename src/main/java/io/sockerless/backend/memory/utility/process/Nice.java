package io.sockerless.backend.memory.utility.process;

import io.sockerless.backend.core.driver.LinuxCapability;
import io.sockerless.backend.memory.fs.Errno;
import io.sockerless.backend.memory.kernel.Commands;
import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.utility.Failure;
import io.sockerless.backend.memory.utility.Output;
import io.sockerless.backend.memory.utility.Quantities;
import io.sockerless.backend.memory.utility.Utility;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Runs a command with another priority; all tasks of a container have the same one here. */
final class Nice extends Utility {

  private static final int CANNOT_RUN = 125;

  @Override
  protected int run(Task task, Output output) throws IOException {
    List<String> arguments = new ArrayList<>(task.arguments().subList(1, task.arguments().size()));
    if (arguments.isEmpty()) {
      output.printLine("0");
      return 0;
    }
    String first = arguments.getFirst();
    if (first.equals("-n") && arguments.size() > 1) {
      checkNumber(arguments.get(1));
      checkPower(task, arguments.get(1));
      arguments.subList(0, 2).clear();
    } else if (first.matches("-n?-?[0-9]+")) {
      checkPower(task, first.replaceFirst("^-n?", ""));
      arguments.removeFirst();
    }
    if (arguments.isEmpty()) {
      throw new Failure(CANNOT_RUN, "missing operand");
    }
    return Commands.execute(task, arguments);
  }

  /** Whoever asks to be served before others needs a power that containers usually have not. */
  private static void checkPower(Task task, String priority) throws Failure {
    if (priority.startsWith("-") && !task.files().credentials().can(LinuxCapability.SYS_NICE)) {
      throw new Failure(CANNOT_RUN, "setpriority(" + priority + "): " + Errno.EACCES.text());
    }
  }

  private static void checkNumber(String text) throws Failure {
    if (!text.matches("[-+]?[0-9]{1,9}")) {
      throw Quantities.invalid(text);
    }
  }
}
