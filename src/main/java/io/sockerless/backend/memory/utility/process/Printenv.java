package io.sockerless.backend.memory.utility.process;

import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.utility.Options;
import io.sockerless.backend.memory.utility.Output;
import io.sockerless.backend.memory.utility.Utility;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Prints variables of the environment. */
final class Printenv extends Utility {

  @Override
  protected int run(Task task, Output output) throws IOException {
    Options options = Options.parse(task, "+0", "null=0");
    String end = options.has('0') ? "\0" : "\n";
    List<String> names = options.operands();
    if (names.isEmpty()) {
      for (Map.Entry<String, String> variable : task.environment().entrySet()) {
        output.print(variable.getKey() + "=" + variable.getValue() + end);
      }
      return 0;
    }
    int code = 0;
    for (String name : names) {
      String value = task.environment().get(name);
      if (value == null) {
        code = 1;
      } else {
        output.print(value + end);
      }
    }
    return code;
  }
}
