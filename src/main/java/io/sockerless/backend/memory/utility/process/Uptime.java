package io.sockerless.backend.memory.utility.process;

import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.utility.Options;
import io.sockerless.backend.memory.utility.Output;
import io.sockerless.backend.memory.utility.Quantities;
import io.sockerless.backend.memory.utility.TimeFormat;
import io.sockerless.backend.memory.utility.TimeZones;
import io.sockerless.backend.memory.utility.Utility;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.Locale;

/** Prints how long the machine runs. */
final class Uptime extends Utility {

  @Override
  protected int run(Task task, Output output) throws IOException {
    Options.parse(task, "").operands(0, 0);
    String seconds = SystemFacts.read(task, "/proc/uptime").split("\\.", -1)[0];
    Duration up = Duration.ofSeconds(Quantities.parse(seconds, 10).orElse(0L));
    ZonedDateTime now = Instant.now().atZone(TimeZones.of(task));
    StringBuilder line = new StringBuilder(new TimeFormat(now, "").format(" %H:%M:%S up "));
    if (up.toDays() > 0) {
      line.append(up.toDays()).append(up.toDays() == 1 ? " day, " : " days, ");
    }
    line.append(
        up.toHours() > 0
            ? String.format(Locale.ROOT, "%2d:%02d", up.toHoursPart(), up.toMinutesPart())
            : up.toMinutes() + " min");
    String[] loads = SystemFacts.read(task, "/proc/loadavg").split(" ", -1);
    if (loads.length >= 3) {
      line.append(",  0 users,  load average: ");
      line.append(String.join(", ", loads[0], loads[1], loads[2]));
    }
    output.printLine(line.toString());
    return 0;
  }
}
