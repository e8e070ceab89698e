package io.sockerless.backend.memory.utility.text;

import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.utility.Input;
import io.sockerless.backend.memory.utility.Options;
import io.sockerless.backend.memory.utility.Output;
import io.sockerless.backend.memory.utility.Utility;
import java.io.IOException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/**
 * {@code uuencode}: a file as text, with its name and its mode.
 *
 * @see <a href="https://pubs.opengroup.org/onlinepubs/9799919799/utilities/uuencode.html">
 *     uuencode</a>
 */
public final class Uuencode extends Utility {

  private static final int LINE = 45;
  private static final int USUAL_MODE = 0666;

  @Override
  protected int run(Task task, Output output) throws IOException {
    Options options = Options.parse(task, "m");
    List<String> operands = options.operands(1, 2);
    boolean hasFile = operands.size() == 2;
    boolean base64 = options.has('m');
    try (Input input = hasFile ? Input.open(task, operands.getFirst()) : Input.standard(task)) {
      int mode = hasFile ? input.file().stat().mode() & 0777 : USUAL_MODE & ~task.files().umask();
      String begin = base64 ? "begin-base64" : "begin";
      output.printLine(String.format(Locale.ROOT, "%s %o %s", begin, mode, operands.getLast()));
      byte[] block = new byte[LINE];
      for (int count = fill(input, block); count > 0; count = fill(input, block)) {
        byte[] bytes = Arrays.copyOf(block, count);
        output.printLine(base64 ? Base64.getEncoder().encodeToString(bytes) : line(bytes));
      }
      output.print(base64 ? "====\n" : "`\nend\n");
    }
    return 0;
  }

  private static int fill(Input input, byte[] block) throws IOException {
    return input.readNBytes(block, 0, block.length);
  }

  private static String line(byte[] bytes) {
    StringBuilder line = new StringBuilder().append(character(bytes.length));
    for (int i = 0; i < bytes.length; i += 3) {
      int group = at(bytes, i) << 16 | at(bytes, i + 1) << 8 | at(bytes, i + 2);
      for (int shift = 18; shift >= 0; shift -= 6) {
        line.append(character(group >> shift & 0x3f));
      }
    }
    return line.toString();
  }

  private static int at(byte[] bytes, int index) {
    return index < bytes.length ? bytes[index] & 0xff : 0;
  }

  /** Zero is a backquote, since blanks at a line's end get lost. */
  private static char character(int value) {
    return value == 0 ? '`' : (char) (value + ' ');
  }
}
