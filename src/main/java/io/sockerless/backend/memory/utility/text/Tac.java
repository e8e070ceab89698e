package io.sockerless.backend.memory.utility.text;

import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.utility.Charge;
import io.sockerless.backend.memory.utility.Input;
import io.sockerless.backend.memory.utility.Options;
import io.sockerless.backend.memory.utility.Output;
import io.sockerless.backend.memory.utility.Utility;
import java.io.IOException;

/** {@code tac}: the lines of each file, last one first. */
public final class Tac extends Utility {

  @Override
  protected int run(Task task, Output output) throws IOException {
    Options options = Options.parse(task, "");
    return readEach(task, output, options.files(), (name, input) -> reverse(task, input, output));
  }

  private static void reverse(Task task, Input input, Output output) throws IOException {
    try (Charge charge = new Charge(task)) {
      byte[] all = input.readAll(charge);
      int end = all.length;
      while (end > 0) {
        int start = end - 1;
        while (start > 0 && all[start - 1] != '\n') {
          start--;
        }
        output.write(all, start, end - start);
        end = start;
      }
    }
  }
}
