package io.sockerless.backend.memory.utility.text;

import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.utility.Numbers;
import io.sockerless.backend.memory.utility.Options;
import io.sockerless.backend.memory.utility.Output;
import io.sockerless.backend.memory.utility.Utility;
import java.io.IOException;
import java.util.List;

/** {@code fold}: breaks long lines. */
public final class Fold extends Utility {

  @Override
  protected int run(Task task, Output output) throws IOException {
    List<String> arguments = ObsoleteCount.rewrite(task.arguments());
    if (!arguments.isEmpty() && arguments.getFirst().matches("-n[0-9]+")) {
      arguments.set(0, "-w" + arguments.getFirst().substring(2));
    }
    Options options = Options.parse(arguments, 1, "bsw:", "bytes=b", "spaces=s", "width=w");
    int width = Numbers.integer(options.value('w').orElse("80"), 1, 1_000_000);
    return convertLines(
        task,
        output,
        options.files(),
        line -> new Folder(output, line.bytes(), width, options).fold());
  }

  @SuppressWarnings("ArrayRecordComponent")
  private record Folder(Output output, byte[] line, int width, Options options) {

    void fold() throws IOException {
      int start = 0;
      while (start < line.length) {
        int end = end(start);
        if (end < line.length && options.has('s')) {
          end = afterLastBlank(start, end);
        }
        output.write(line, start, end - start);
        if (end < line.length) {
          output.write('\n');
        }
        start = end;
      }
    }

    /** Where a piece that begins here has to end. */
    private int end(int start) {
      int column = 0;
      for (int i = start; i < line.length; i++) {
        int value = line[i] & 0xff;
        if (options.has('b')) {
          column++;
        } else {
          column = value == '\r' ? 0 : Expand.advance(column, value, 8);
        }
        if (column > width && i > start) {
          return i;
        }
      }
      return line.length;
    }

    private int afterLastBlank(int start, int end) {
      for (int i = end - 1; i >= start; i--) {
        if (line[i] == ' ' || line[i] == '\t') {
          return i + 1;
        }
      }
      return end;
    }
  }
}
