package io.sockerless.backend.memory.utility.text;

import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.utility.Failure;
import io.sockerless.backend.memory.utility.Numbers;
import io.sockerless.backend.memory.utility.Options;
import io.sockerless.backend.memory.utility.Output;
import io.sockerless.backend.memory.utility.Utility;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;

/** {@code strings}: runs of printable characters in files of any kind. */
public final class Strings extends Utility {

  @Override
  protected int run(Task task, Output output) throws IOException {
    Options options = Options.parse(task, "an:fot:", "all=a", "bytes=n", "radix=t");
    int least = Numbers.integer(options.value('n').orElse("4"), 1, Integer.MAX_VALUE);
    Optional<String> radix = options.has('o') ? Optional.of("o") : options.value('t');
    String conversion = radix.map(it -> "%7" + it + " ").orElse("");
    if (!conversion.matches("(%7[dox] )?")) {
      throw new Failure("invalid argument '" + radix.orElse("") + "' to 't'");
    }
    return readEach(
        task,
        output,
        options.files(),
        (name, input) -> {
          StringBuilder run = new StringBuilder();
          long position = 0;
          int value;
          do {
            value = input.read();
            if ((value >= ' ' && value < 0x7f) || value == '\t') {
              run.append((char) value);
            } else {
              if (run.length() >= least) {
                output.print(options.has('f') ? name + ": " : "");
                long start = position - run.length();
                output.print(
                    conversion.isEmpty() ? "" : String.format(Locale.ROOT, conversion, start));
                output.printLine(run.toString());
              }
              run.setLength(0);
            }
            position++;
          } while (value >= 0);
        });
  }
}
