package io.sockerless.backend.memory.utility.text;

import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.utility.Input;
import io.sockerless.backend.memory.utility.LineReader;
import io.sockerless.backend.memory.utility.Options;
import io.sockerless.backend.memory.utility.Output;
import io.sockerless.backend.memory.utility.Utility;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code envsubst}: text with the values of variables in place of their names. */
public final class Envsubst extends Utility {

  private static final Pattern VARIABLE =
      Pattern.compile("\\$(?:\\{([A-Za-z_][A-Za-z0-9_]*)\\}|([A-Za-z_][A-Za-z0-9_]*))");

  @Override
  protected int run(Task task, Output output) throws IOException {
    Options options = Options.parse(task, "v", "variables=v");
    List<String> formats = options.operands(0, 1);
    if (options.has('v')) {
      for (String name : names(formats.isEmpty() ? "" : formats.getFirst())) {
        output.printLine(name);
      }
      return 0;
    }
    boolean all = formats.isEmpty();
    Set<String> some = Set.copyOf(names(all ? "" : formats.getFirst()));
    LineReader lines = new LineReader(task, Input.standard(task));
    while (lines.next()) {
      output.print(
          VARIABLE
              .matcher(lines.text())
              .replaceAll(match -> {
                String name = match.group(1) == null ? match.group(2) : match.group(1);
                String value =
                    all || some.contains(name)
                        ? task.environment().getOrDefault(name, "")
                        : match.group();
                return Matcher.quoteReplacement(value);
              }));
      if (lines.isTerminated()) {
        output.write('\n');
      }
    }
    return 0;
  }

  private static List<String> names(String format) {
    return VARIABLE
        .matcher(format)
        .results()
        .map(match -> match.group(1) == null ? match.group(2) : match.group(1))
        .distinct()
        .toList();
  }
}
