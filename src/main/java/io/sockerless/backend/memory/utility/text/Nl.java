package io.sockerless.backend.memory.utility.text;

import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.utility.LineReader;
import io.sockerless.backend.memory.utility.Options;
import io.sockerless.backend.memory.utility.Output;
import io.sockerless.backend.memory.utility.Utility;
import java.io.IOException;

/** {@code nl}: lines with their numbers. */
public final class Nl extends Utility {

  @Override
  protected int run(Task task, Output output) throws IOException {
    Options options =
        Options.parse(
            task,
            "pb:h:f:i:n:s:v:w:l:d:",
            "body-numbering=b",
            "line-increment=i",
            "number-format=n",
            "number-separator=s",
            "starting-line-number=v",
            "number-width=w");
    Numbering numbering =
        new Numbering(
            options.value('b').orElse("t"),
            options.number('i', 1),
            (int) options.number('w', 6),
            options.value('n').orElse("rn"),
            options.value('s').orElse("\t"),
            options.number('v', 1));
    return readEach(
        task,
        output,
        options.files(),
        (name, input) -> {
          LineReader lines = new LineReader(task, input);
          while (lines.next()) {
            output.print(numbering.prefix(lines.length() == 0));
            output.write(lines.buffer(), lines.start(), lines.length());
            output.write('\n');
          }
        });
  }

  private static final class Numbering {
    private final String style;
    private final long increment;
    private final int width;
    private final String format;
    private final String separator;
    private long number;

    Numbering(
        String style, long increment, int width, String format, String separator, long number) {
      this.style = style;
      this.increment = increment;
      this.width = width;
      this.format = format;
      this.separator = separator;
      this.number = number;
    }

    String prefix(boolean blank) {
      boolean counted = style.startsWith("a") || (style.startsWith("t") && !blank);
      if (!counted) {
        return " ".repeat(width + separator.length());
      }
      String digits = Long.toString(number);
      number += increment;
      int missing = Math.max(0, width - digits.length());
      String padded =
          switch (format) {
            case "ln" -> digits + " ".repeat(missing);
            case "rz" -> "0".repeat(missing) + digits;
            default -> " ".repeat(missing) + digits;
          };
      return padded + separator;
    }
  }
}
