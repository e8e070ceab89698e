package io.sockerless.backend.memory.utility.process;

import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.utility.Options;
import io.sockerless.backend.memory.utility.Output;
import io.sockerless.backend.memory.utility.Utility;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Prints the numbers of tasks of some names. */
final class Pidof extends Utility {

  @Override
  protected int run(Task task, Output output) throws IOException {
    Options options = Options.parse(task, "so:");
    List<String> found = new ArrayList<>();
    for (Task each : task.kernel().processes().tasks().reversed()) {
      String pid = Integer.toString(each.pid());
      boolean named = options.operands().stream().anyMatch(it -> isNamed(each, it));
      if (named && each != task && !each.hasEnded() && !options.values("o").contains(pid)) {
        found.add(pid);
      }
    }
    if (found.isEmpty()) {
      return 1;
    }
    output.printLine(options.has('s') ? found.getFirst() : String.join(" ", found));
    return 0;
  }

  private static boolean isNamed(Task task, String name) {
    boolean path = name.startsWith("/");
    return path
        ? !task.arguments().isEmpty() && task.arguments().getFirst().equals(name)
        : Processes.name(task).equals(name);
  }
}
