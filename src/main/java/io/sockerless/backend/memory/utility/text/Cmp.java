package io.sockerless.backend.memory.utility.text;

import io.sockerless.backend.memory.fs.PosixException;
import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.utility.Failure;
import io.sockerless.backend.memory.utility.Input;
import io.sockerless.backend.memory.utility.Numbers;
import io.sockerless.backend.memory.utility.Options;
import io.sockerless.backend.memory.utility.Output;
import io.sockerless.backend.memory.utility.Utility;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** {@code cmp}: where two files differ first, or everywhere. */
public final class Cmp extends Utility {

  @Override
  protected int run(Task task, Output output) throws IOException {
    Options options = Options.parse(task, 2, "sln:", "silent=s", "quiet=s", "verbose=l", "bytes=n");
    List<String> operands = options.operands(1, 4);
    String first = operands.getFirst();
    String second = operands.size() > 1 ? operands.get(1) : "-";
    long skipFirst = operands.size() > 2 ? Numbers.size(operands.get(2)) : 0;
    long skipSecond = operands.size() > 3 ? Numbers.size(operands.get(3)) : 0;
    long most = options.has('n') ? Numbers.size(options.value('n').orElse("0")) : Long.MAX_VALUE;
    try (Input a = open(task, first);
        Input b = open(task, second)) {
      a.skip(skipFirst);
      b.skip(skipSecond);
      return compare(task, output, options, List.of(first, second), a, b, most);
    }
  }

  private static Input open(Task task, String name) throws IOException {
    try {
      return Input.open(task, name);
    } catch (PosixException e) {
      throw Failure.of(2, name, e);
    }
  }

  private static int compare(
      Task task, Output output, Options options, List<String> names, Input a, Input b, long most)
      throws IOException {
    long line = 1;
    int code = 0;
    for (long position = 1; position <= most; position++) {
      int left = a.read();
      int right = b.read();
      if (left < 0 && right < 0) {
        return code;
      }
      if (left < 0 || right < 0) {
        output.flush();
        if (!options.has('s')) {
          task.complain("EOF on " + names.get(left < 0 ? 0 : 1));
        }
        return 1;
      }
      if (left != right) {
        code = 1;
        if (options.has('s')) {
          return code;
        }
        if (!options.has('l')) {
          output.printLine(
              names.get(0) + " " + names.get(1) + " differ: char " + position + ", line " + line);
          return code;
        }
        output.printLine(String.format(Locale.ROOT, "%d %3o %3o", position, left, right));
      }
      line += left == '\n' ? 1 : 0;
    }
    return code;
  }
}
