package io.sockerless.backend.memory.utility.diff;

import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.utility.Options;
import io.sockerless.backend.memory.utility.Output;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Compares the lines of two files, alike or not as the options say, and prints what differs. */
final class Comparison {

  private final Task task;
  private final Options options;
  private final TextFile a;
  private final TextFile b;
  private final Map<String, Integer> numbers = new HashMap<>();

  Comparison(Task task, Options options, TextFile a, TextFile b) {
    this.task = task;
    this.options = options;
    this.a = a;
    this.b = b;
  }

  /** What differs. */
  List<Change> changes() {
    List<Change> changes = new ArrayList<>(EditScript.between(task, number(a), number(b)));
    if (options.has('B')) {
      changes.removeIf(this::isBlank);
    }
    return changes;
  }

  private int[] number(TextFile file) {
    int[] result = new int[file.lines().size()];
    for (int i = 0; i < result.length; i++) {
      String key = key(file.lines().get(i));
      if (i == result.length - 1 && !file.complete() && !options.has('b') && !options.has('w')) {
        key += "\n";
      }
      Integer number = numbers.get(key);
      if (number == null) {
        number = numbers.size();
        numbers.put(key, number);
      }
      result[i] = number;
    }
    return result;
  }

  /** What has to be equal for two lines to count as the same. */
  private String key(byte[] line) {
    String text = new String(line, StandardCharsets.ISO_8859_1);
    if (options.has('w')) {
      text = text.replaceAll("[ \t\r\f\013]+", "");
    } else if (options.has('b')) {
      text = text.replaceAll("[ \t\r\f\013]+", " ").stripTrailing();
    }
    return options.has('i') ? text.toLowerCase(Locale.ROOT) : text;
  }

  private boolean isBlank(Change change) {
    return a.lines().subList(change.aStart(), change.aEnd()).stream().allMatch(it -> it.length == 0)
        && b.lines().subList(change.bStart(), change.bEnd()).stream()
            .allMatch(it -> it.length == 0);
  }

  /** Prints changes with the lines around them, as a unified diff without its head. */
  void print(Output output, List<Change> changes, int context) throws IOException {
    int from = 0;
    while (from < changes.size()) {
      int to = from + 1;
      while (to < changes.size()
          && changes.get(to).aStart() - changes.get(to - 1).aEnd() <= 2 * context) {
        to++;
      }
      hunk(output, changes.subList(from, to), context);
      from = to;
    }
  }

  private void hunk(Output output, List<Change> changes, int context) throws IOException {
    Change first = changes.getFirst();
    Change last = changes.getLast();
    int before = Math.min(context, first.aStart());
    int after = Math.min(context, a.lines().size() - last.aEnd());
    int aStart = first.aStart() - before;
    int bStart = first.bStart() - before;
    output.printLine(
        "@@ -"
            + range(aStart, last.aEnd() + after)
            + " +"
            + range(bStart, last.bEnd() + after)
            + " @@");
    int position = aStart;
    for (Change change : changes) {
      lines(output, ' ', a, position, change.aStart());
      lines(output, '-', a, change.aStart(), change.aEnd());
      lines(output, '+', b, change.bStart(), change.bEnd());
      position = change.aEnd();
    }
    lines(output, ' ', a, position, last.aEnd() + after);
  }

  private static String range(int start, int end) {
    int count = end - start;
    if (count == 1) {
      return Integer.toString(end);
    }
    return (count == 0 ? start : start + 1) + "," + count;
  }

  private void lines(Output output, char sign, TextFile file, int from, int to) throws IOException {
    for (int i = from; i < to; i++) {
      output.write(sign);
      if (options.has('T')) {
        output.write('\t');
      }
      byte[] line = file.lines().get(i);
      if (options.has('t')) {
        expandTabs(output, line);
      } else {
        output.write(line);
      }
      output.write('\n');
      if (i == file.lines().size() - 1 && !file.complete()) {
        output.print("\\ No newline at end of file\n");
      }
    }
  }

  private static void expandTabs(Output output, byte[] line) throws IOException {
    int column = 0;
    for (byte value : line) {
      int spaces = value == '\t' ? 8 - column % 8 : 0;
      output.print(" ".repeat(spaces));
      if (spaces == 0) {
        output.write(value);
      }
      column += Math.max(1, spaces);
    }
  }
}
