package io.sockerless.backend.memory.utility.process;

import io.sockerless.backend.memory.kernel.Commands;
import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.utility.Options;
import io.sockerless.backend.memory.utility.Output;
import io.sockerless.backend.memory.utility.Quantities;
import io.sockerless.backend.memory.utility.Screen;
import io.sockerless.backend.memory.utility.TimeFormat;
import io.sockerless.backend.memory.utility.TimeZones;
import io.sockerless.backend.memory.utility.Utility;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Locale;

/** Runs a command again and again, on a cleared screen. */
final class Watch extends Utility {

  private static final Duration USUAL = Duration.ofSeconds(2);
  private static final Duration SHORTEST = Duration.ofMillis(100);

  @Override
  protected int run(Task task, Output output) throws IOException {
    Options options = Options.parse(task, "+n:te", "interval=n", "no-title=t", "errexit=e");
    List<String> command = options.operands(1, Integer.MAX_VALUE);
    Duration interval = USUAL;
    if (options.value('n').isPresent()) {
      Duration asked = Quantities.duration(options.value('n').get());
      interval = asked.compareTo(SHORTEST) < 0 ? SHORTEST : asked;
    }
    String line = String.join(" ", command);
    while (true) {
      output.print("\033[H\033[J");
      if (!options.has('t')) {
        ZonedDateTime now = Instant.now().atZone(TimeZones.of(task));
        String title =
            String.format(Locale.ROOT, "Every %ss: %s", interval.toMillis() / 1_000.0, line);
        String time = new TimeFormat(now, "").format("%F %T");
        int gap = Math.max(1, Screen.width(task) - title.length() - time.length());
        output.printLine(title + " ".repeat(gap) + time + "\n");
      }
      output.flush();
      int code = Commands.run(task, List.of("sh", "-c", line));
      if (code != 0 && options.has('e')) {
        return code;
      }
      task.sleep(interval);
    }
  }
}
