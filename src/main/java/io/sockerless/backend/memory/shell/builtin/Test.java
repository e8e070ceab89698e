package io.sockerless.backend.memory.shell.builtin;

import io.sockerless.backend.memory.kernel.Program;
import io.sockerless.backend.memory.kernel.Task;
import java.io.IOException;
import java.util.List;

/**
 * {@code test}, also called {@code [}: conditions of files, texts and numbers.
 *
 * @see <a href="https://pubs.opengroup.org/onlinepubs/9699919799/utilities/test.html">POSIX,
 *     test</a>
 */
public final class Test implements Program {

  private static final int ERROR = 2;

  @Override
  public int run(Task task) throws IOException {
    List<String> words = task.arguments();
    List<String> operands = words.subList(1, words.size());
    String name = words.getFirst();
    if (name.equals("[") || name.endsWith("/[")) {
      if (operands.isEmpty() || !operands.getLast().equals("]")) {
        task.complain("missing ]");
        return ERROR;
      }
      operands = operands.subList(0, operands.size() - 1);
    }
    try {
      return new TestExpression(new FileTests(task), operands).holds() ? 0 : 1;
    } catch (TestExpression.InvalidException e) {
      task.complain(e.getMessage());
      return ERROR;
    }
  }
}
