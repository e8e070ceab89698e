package io.sockerless.backend.memory.utility.process;

import io.sockerless.backend.memory.kernel.Commands;
import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.utility.Failure;
import io.sockerless.backend.memory.utility.Options;
import io.sockerless.backend.memory.utility.Output;
import io.sockerless.backend.memory.utility.Utility;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Runs a command with a changed environment, or prints the environment. */
final class Env extends Utility {

  @Override
  protected int run(Task task, Output output) throws IOException {
    Options options =
        Options.parse(
            task,
            "+iu:0C:S:",
            "ignore-environment=i",
            "unset=u",
            "null=0",
            "chdir=C",
            "split-string=S");
    List<String> operands = new ArrayList<>();
    options.value('S').ifPresent(text -> operands.addAll(List.of(text.strip().split("\\s+"))));
    operands.addAll(options.operands());
    if (!operands.isEmpty() && operands.getFirst().equals("-")) {
      task.environment().clear();
      operands.removeFirst();
    }
    if (options.has('i')) {
      task.environment().clear();
    }
    options.values("u").forEach(task.environment()::remove);
    int equals;
    while (!operands.isEmpty() && (equals = operands.getFirst().indexOf('=')) > 0) {
      String assignment = operands.removeFirst();
      task.environment().put(assignment.substring(0, equals), assignment.substring(equals + 1));
    }
    if (operands.isEmpty()) {
      print(task, output, options.has('0') ? "\0" : "\n");
      return 0;
    }
    if (options.has('0')) {
      throw new Failure("cannot specify --null (-0) with command");
    }
    if (options.value('C').isPresent()) {
      task.files().changeDirectory(options.value('C').get());
    }
    return Commands.execute(task, operands);
  }

  private static void print(Task task, Output output, String end) throws IOException {
    for (Map.Entry<String, String> variable : task.environment().entrySet()) {
      output.print(variable.getKey() + "=" + variable.getValue() + end);
    }
  }
}
