package io.sockerless.backend.memory.utility.process;

import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.utility.Input;
import io.sockerless.backend.memory.utility.LineReader;
import io.sockerless.backend.memory.utility.Options;
import io.sockerless.backend.memory.utility.Output;
import io.sockerless.backend.memory.utility.TimeFormat;
import io.sockerless.backend.memory.utility.TimeZones;
import io.sockerless.backend.memory.utility.Utility;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Locale;

/** {@code ts}: each line with the time at which it came. */
final class Ts extends Utility {

  private static final int NANOS_A_MICRO = 1_000;

  @Override
  protected int run(Task task, Output output) throws IOException {
    Options options = Options.parse(task, "is");
    boolean relative = options.has('i') || options.has('s');
    String usual = relative ? "%H:%M:%S" : "%b %d %H:%M:%S";
    String format = options.operands().isEmpty() ? usual : options.operands().getFirst();
    ZoneId zone = relative ? ZoneOffset.UTC : TimeZones.of(task);
    Instant base = Instant.now();
    try (LineReader lines = new LineReader(task, Input.standard(task))) {
      while (lines.next()) {
        Instant now = Instant.now();
        Instant shown = relative ? Instant.EPOCH.plus(Duration.between(base, now)) : now;
        base = options.has('i') ? now : base;
        output.print(text(task, shown.atZone(zone), format) + " ");
        output.write(lines.buffer(), lines.start(), lines.length());
        if (lines.isTerminated()) {
          output.write('\n');
        }
        output.flush();
      }
    }
    return 0;
  }

  /** A point in a directive asks for microseconds. */
  private static String text(Task task, ZonedDateTime time, String format) {
    String micros = String.format(Locale.ROOT, ".%06d", time.getNano() / NANOS_A_MICRO);
    String exact = format.replaceAll("%\\.([SsT])", "%$1" + micros);
    return new TimeFormat(time, TimeZones.nameOf(task, time)).format(exact);
  }
}
