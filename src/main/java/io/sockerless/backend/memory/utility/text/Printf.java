package io.sockerless.backend.memory.utility.text;

import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.kernel.Text;
import io.sockerless.backend.memory.utility.Failure;
import io.sockerless.backend.memory.utility.Output;
import io.sockerless.backend.memory.utility.Utility;
import java.io.IOException;
import java.util.List;

/** {@code printf}: text by a format; the shell has it built in and uses this. */
public final class Printf extends Utility {

  @Override
  protected int run(Task task, Output output) throws IOException {
    List<String> arguments = task.arguments();
    int first = arguments.size() > 1 && arguments.get(1).equals("--") ? 2 : 1;
    if (first >= arguments.size()) {
      throw new Failure("missing operand");
    }
    PrintfFormat format = PrintfFormat.parse(Text.encode(arguments.get(first)));
    PrintfFormat.Result result = format.format(arguments.subList(first + 1, arguments.size()));
    output.write(result.bytes());
    output.flush();
    result.errors().forEach(task::complain);
    return result.errors().isEmpty() ? 0 : 1;
  }
}
