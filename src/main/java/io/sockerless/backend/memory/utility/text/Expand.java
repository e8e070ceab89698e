package io.sockerless.backend.memory.utility.text;

import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.utility.Numbers;
import io.sockerless.backend.memory.utility.Options;
import io.sockerless.backend.memory.utility.Output;
import io.sockerless.backend.memory.utility.Utility;
import java.io.IOException;

/** {@code expand}: tabs become spaces. */
public final class Expand extends Utility {

  @Override
  protected int run(Task task, Output output) throws IOException {
    Options options = Options.parse(task, "it:", "initial=i", "tabs=t");
    int stop = Numbers.integer(options.value('t').orElse("8"), 1, 1_000_000);
    boolean initial = options.has('i');
    return readEach(
        task,
        output,
        options.files(),
        (name, input) -> {
          int column = 0;
          boolean leading = true;
          int value;
          while ((value = input.read()) >= 0) {
            boolean blank = value == ' ' || value == '\t';
            leading &= blank;
            if (value == '\t' && (leading || !initial)) {
              int spaces = stop - column % stop;
              output.print(" ".repeat(spaces));
              column += spaces;
              continue;
            }
            output.write(value);
            column = advance(column, value, stop);
            if (value == '\n') {
              column = 0;
              leading = true;
            }
          }
        });
  }

  /** The column after a byte; those that continue a character take none. */
  static int advance(int column, int value, int stop) {
    if (value == '\t') {
      return column + stop - column % stop;
    }
    if (value == '\b') {
      return Math.max(0, column - 1);
    }
    return (value & 0xc0) == 0x80 ? column : column + 1;
  }
}
