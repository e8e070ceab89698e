package io.sockerless.backend.memory.utility.text;

import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.utility.LineReader;
import io.sockerless.backend.memory.utility.Numbers;
import io.sockerless.backend.memory.utility.Options;
import io.sockerless.backend.memory.utility.Output;
import io.sockerless.backend.memory.utility.Utility;
import java.io.IOException;

/** {@code unexpand}: spaces become tabs, at the beginning of lines or everywhere. */
public final class Unexpand extends Utility {

  @Override
  protected int run(Task task, Output output) throws IOException {
    Options options = Options.parse(task, "ft:a", "first-only=f", "tabs=t", "all=a");
    int stop = Numbers.integer(options.value('t').orElse("8"), 1, 1_000_000);
    boolean everywhere = (options.has('a') || options.has('t')) && !options.has('f');
    return convertLines(
        task, output, options.files(), line -> convert(output, line, stop, everywhere));
  }

  private static void convert(Output output, LineReader line, int stop, boolean everywhere)
      throws IOException {
    int column = 0;
    int from = 0;
    boolean leading = true;
    for (int i = 0; i < line.length(); i++) {
      int value = line.buffer()[line.start() + i] & 0xff;
      if ((value == ' ' || value == '\t') && (leading || everywhere)) {
        column = Expand.advance(column, value, stop);
        continue;
      }
      blanks(output, from, column, stop);
      leading = false;
      output.write(value);
      column = Expand.advance(column, value, stop);
      from = column;
    }
    blanks(output, from, column, stop);
  }

  private static void blanks(Output output, int from, int to, int stop) throws IOException {
    int column = from;
    while (column / stop < to / stop) {
      output.write('\t');
      column = (column / stop + 1) * stop;
    }
    output.print(" ".repeat(to - column));
  }
}
