package io.sockerless.backend.memory.utility.text;

import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.utility.Charge;
import io.sockerless.backend.memory.utility.Input;
import io.sockerless.backend.memory.utility.LineReader;
import io.sockerless.backend.memory.utility.Numbers;
import io.sockerless.backend.memory.utility.Options;
import io.sockerless.backend.memory.utility.Output;
import io.sockerless.backend.memory.utility.Utility;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** {@code head}: the first lines or bytes, or all but the last ones. */
public final class Head extends Utility {

  @Override
  protected int run(Task task, Output output) throws IOException {
    Options options =
        Options.parse(
            List.copyOf(ObsoleteCount.rewrite(task.arguments())),
            1,
            "n:c:qvz",
            "lines=n",
            "bytes=c",
            "quiet=q",
            "silent=q",
            "verbose=v");
    boolean bytes = options.lastOf("nc").filter(letter -> letter == 'c').isPresent();
    long count = Numbers.size(options.value(bytes ? 'c' : 'n').orElse("10"));
    Headers headers = Headers.of(options);
    return readEach(
        task,
        output,
        options.files(),
        (name, input) -> {
          headers.print(output, name);
          if (bytes) {
            copyBytes(task, input, output, count);
          } else {
            copyLines(task, new LineReader(task, input), output, count);
          }
        });
  }

  private static void copyBytes(Task task, Input input, Output output, long count)
      throws IOException {
    if (count < 0) {
      copyAllButBytes(task, input, output, Math.toIntExact(-count));
      return;
    }
    byte[] buffer = new byte[65_536];
    long left = count;
    while (left > 0) {
      int read = input.read(buffer, 0, (int) Math.min(left, buffer.length));
      if (read < 0) {
        return;
      }
      output.write(buffer, 0, read);
      left -= read;
    }
  }

  private static void copyAllButBytes(Task task, Input input, Output output, int kept)
      throws IOException {
    try (Charge charge = new Charge(task)) {
      charge.add(kept);
      byte[] ring = new byte[kept];
      long position = 0;
      int value;
      while ((value = input.read()) >= 0) {
        if (kept == 0) {
          output.write(value);
          continue;
        }
        int slot = (int) (position % kept);
        if (position >= kept) {
          output.write(ring[slot]);
        }
        ring[slot] = (byte) value;
        position++;
      }
    }
  }

  private static void copyLines(Task task, LineReader lines, Output output, long count)
      throws IOException {
    if (count < 0) {
      copyAllButLines(task, lines, output, -count);
      return;
    }
    for (long left = count; left > 0 && lines.next(); left--) {
      output.write(lines.buffer(), lines.start(), lines.length());
      if (lines.isTerminated()) {
        output.write('\n');
      }
    }
  }

  private static void copyAllButLines(Task task, LineReader lines, Output output, long kept)
      throws IOException {
    try (Charge charge = new Charge(task)) {
      Deque<byte[]> last = new ArrayDeque<>();
      while (lines.next()) {
        charge.add(lines.length());
        last.add(lines.bytes());
        if (last.size() > kept) {
          byte[] line = last.remove();
          charge.add(-line.length);
          output.write(line);
          output.write('\n');
        }
      }
    }
  }
}
