package io.sockerless.backend.memory.utility.process;

import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.kernel.Text;
import io.sockerless.backend.memory.utility.Accounts;
import io.sockerless.backend.memory.utility.Input;
import io.sockerless.backend.memory.utility.LineReader;
import io.sockerless.backend.memory.utility.Options;
import io.sockerless.backend.memory.utility.Output;
import io.sockerless.backend.memory.utility.Utility;
import java.io.IOException;

/** Takes a message for the system's log; there is none, so only {@code -s} shows it. */
final class Logger extends Utility {

  @Override
  protected int run(Task task, Output output) throws IOException {
    Options options = Options.parse(task, "sp:t:");
    String tag =
        options
            .value('t')
            .orElseGet(() -> Accounts.of(task.files()).userName(task.files().credentials().uid()));
    if (!options.operands().isEmpty()) {
      show(task, options, tag, String.join(" ", options.operands()));
      return 0;
    }
    try (LineReader lines = new LineReader(task, Input.standard(task))) {
      while (lines.next()) {
        show(task, options, tag, lines.text());
      }
    }
    return 0;
  }

  private static void show(Task task, Options options, String tag, String message)
      throws IOException {
    if (options.has('s')) {
      task.error().write(Text.encode(tag + ": " + message + "\n"));
    }
  }
}
