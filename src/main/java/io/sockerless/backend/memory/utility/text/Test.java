package io.sockerless.backend.memory.utility.text;

import io.sockerless.backend.memory.kernel.Program;
import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.utility.Failure;
import java.util.List;

/**
 * {@code test} and {@code [}: whether an expression is true. The shell has them built in.
 *
 * @see <a href="https://pubs.opengroup.org/onlinepubs/9799919799/utilities/test.html">test</a>
 */
public final class Test implements Program {

  private static final int ERROR = 2;

  @Override
  public int run(Task task) {
    try {
      return evaluate(task, task.arguments()) ? 0 : 1;
    } catch (Failure e) {
      task.complain(e.getMessage());
      return e.code();
    }
  }

  /**
   * Whether an expression is true.
   *
   * @param command the name first, and the closing bracket last if the name is the opening one
   * @throws Failure with exit code 2 if it makes no sense
   */
  public static boolean evaluate(Task task, List<String> command) throws Failure {
    String path = command.getFirst();
    List<String> words = command.subList(1, command.size());
    if (path.substring(path.lastIndexOf('/') + 1).equals("[")) {
      if (words.isEmpty() || !words.getLast().equals("]")) {
        throw new Failure(ERROR, "missing ]");
      }
      words = words.subList(0, words.size() - 1);
    }
    return new TestExpression(new TestPrimaries(task), words).holds();
  }
}
