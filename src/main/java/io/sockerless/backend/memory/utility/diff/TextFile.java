package io.sockerless.backend.memory.utility.diff;

import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.utility.Charge;
import io.sockerless.backend.memory.utility.Input;
import io.sockerless.backend.memory.utility.LineReader;
import io.sockerless.backend.memory.utility.Output;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A file's lines.
 *
 * @param complete whether the last line has its newline
 * @param binary whether it holds a NUL among its first bytes
 */
record TextFile(List<byte[]> lines, boolean complete, boolean binary) {

  private static final int OVERHEAD = 40;
  private static final int INSPECTED = 32_768;

  static final TextFile EMPTY = new TextFile(List.of(), true, false);

  static TextFile read(Task task, Input input, Charge charge) throws IOException {
    List<byte[]> all = new ArrayList<>();
    boolean complete = true;
    boolean binary = false;
    long seen = 0;
    LineReader lines = new LineReader(task, input);
    while (lines.next()) {
      byte[] line = lines.bytes();
      charge.add(line.length + (long) OVERHEAD);
      all.add(line);
      complete = lines.isTerminated();
      if (seen < INSPECTED) {
        binary |= hasNul(line);
        seen += line.length;
      }
    }
    return new TextFile(all, complete, binary);
  }

  private static boolean hasNul(byte[] line) {
    for (byte value : line) {
      if (value == 0) {
        return true;
      }
    }
    return false;
  }

  void write(Output output) throws IOException {
    for (int i = 0; i < lines.size(); i++) {
      output.write(lines.get(i));
      if (i < lines.size() - 1 || complete) {
        output.write('\n');
      }
    }
  }
}
