package io.sockerless.backend.memory.utility.text;

import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.utility.Failure;
import io.sockerless.backend.memory.utility.Input;
import io.sockerless.backend.memory.utility.LineReader;
import io.sockerless.backend.memory.utility.Output;
import io.sockerless.backend.memory.utility.Utility;
import java.io.IOException;
import java.math.BigInteger;
import java.util.List;

/** {@code factor}: the prime factors of numbers. */
public final class Factor extends Utility {

  @Override
  protected int run(Task task, Output output) throws IOException {
    List<String> words = task.arguments().subList(1, task.arguments().size());
    if (!words.isEmpty()) {
      for (String word : words) {
        factor(task, output, word);
      }
      return 0;
    }
    LineReader lines = new LineReader(task, Input.standard(task));
    while (lines.next()) {
      for (String word : lines.text().strip().split("\\s+", -1)) {
        factor(task, output, word);
      }
    }
    return 0;
  }

  private static void factor(Task task, Output output, String word) throws IOException {
    if (!word.matches("\\+?[0-9]{1,19}") || new BigInteger(word).bitLength() > 63) {
      throw new Failure("invalid number '" + word + "'");
    }
    long left = Long.parseLong(word);
    StringBuilder line = new StringBuilder().append(left).append(':');
    for (long divisor = 2; divisor <= left / divisor; divisor += divisor == 2 ? 1 : 2) {
      if (divisor % 65_536 == 1) {
        task.checkpoint();
      }
      while (left % divisor == 0) {
        line.append(' ').append(divisor);
        left /= divisor;
      }
    }
    if (left > 1) {
      line.append(' ').append(left);
    }
    output.printLine(line.toString());
  }
}
