package io.sockerless.backend.memory.utility.text;

import io.sockerless.backend.memory.fs.PosixException;
import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.utility.Failure;
import io.sockerless.backend.memory.utility.Input;
import io.sockerless.backend.memory.utility.LineReader;
import io.sockerless.backend.memory.utility.Options;
import io.sockerless.backend.memory.utility.Output;
import io.sockerless.backend.memory.utility.Utility;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/** {@code comm}: what two sorted files have alone and in common. */
public final class Comm extends Utility {

  @Override
  protected int run(Task task, Output output) throws IOException {
    Options options = Options.parse(task, "123z", "zero-terminated=z", "output-delimiter:");
    List<String> names = options.operands(2, 2);
    int end = options.has('z') ? 0 : '\n';
    String delimiter = options.value("output-delimiter").orElse("\t");
    String before2 = options.has('1') ? "" : delimiter;
    String before3 = before2 + (options.has('2') ? "" : delimiter);
    try (LineReader first = new LineReader(task, open(task, names.get(0)), end);
        LineReader second = new LineReader(task, open(task, names.get(1)), end)) {
      boolean hasFirst = first.next();
      boolean hasSecond = second.next();
      while (hasFirst || hasSecond) {
        int order = hasFirst && hasSecond ? compare(first, second) : hasFirst ? -1 : 1;
        char column = order < 0 ? '1' : order > 0 ? '2' : '3';
        if (!options.has(column)) {
          output.print(order < 0 ? "" : order > 0 ? before2 : before3);
          LineReader line = order > 0 ? second : first;
          output.write(line.buffer(), line.start(), line.length());
          output.write(end);
        }
        hasFirst = order > 0 ? hasFirst : first.next();
        hasSecond = order < 0 ? hasSecond : second.next();
      }
    }
    return 0;
  }

  private static int compare(LineReader a, LineReader b) {
    return Arrays.compareUnsigned(
        a.buffer(),
        a.start(),
        a.start() + a.length(),
        b.buffer(),
        b.start(),
        b.start() + b.length());
  }

  private static Input open(Task task, String name) throws IOException {
    try {
      return Input.open(task, name);
    } catch (PosixException e) {
      throw Failure.of(1, "can't open '" + name + "'", e);
    }
  }
}
