package io.sockerless.backend.memory.utility.text;

import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.kernel.Text;
import io.sockerless.backend.memory.utility.Failure;
import io.sockerless.backend.memory.utility.Output;
import io.sockerless.backend.memory.utility.Utility;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** {@code printf}: text by a format; the shell has it built in and uses this. */
public final class Printf extends Utility {

  private final Function<Task, Optional<PrintfFormat.Clock>> clock;

  /** The utility, which knows no moments. */
  public Printf() {
    this(task -> Optional.empty());
  }

  /**
   * The one of a shell.
   *
   * @param clock what tells moments in a task, if anything does
   */
  public Printf(Function<Task, Optional<PrintfFormat.Clock>> clock) {
    this.clock = clock;
  }

  @Override
  protected int run(Task task, Output output) throws IOException {
    List<String> arguments = task.arguments();
    int first = arguments.size() > 1 && arguments.get(1).equals("--") ? 2 : 1;
    if (first >= arguments.size()) {
      throw new Failure("missing operand");
    }
    PrintfFormat format = PrintfFormat.parse(Text.encode(arguments.get(first)), clock.apply(task));
    PrintfFormat.Result result = format.format(arguments.subList(first + 1, arguments.size()));
    output.write(result.bytes());
    output.flush();
    result.errors().forEach(task::complain);
    return result.errors().isEmpty() ? 0 : 1;
  }
}
