package io.sockerless.backend.memory.utility.process;

import io.sockerless.backend.memory.fs.PosixException;
import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.utility.Dates;
import io.sockerless.backend.memory.utility.Failure;
import io.sockerless.backend.memory.utility.Options;
import io.sockerless.backend.memory.utility.Output;
import io.sockerless.backend.memory.utility.TimeFormat;
import io.sockerless.backend.memory.utility.TimePattern;
import io.sockerless.backend.memory.utility.TimeZones;
import io.sockerless.backend.memory.utility.Utility;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/** Prints the time in any form. */
final class Date extends Utility {

  private static final String USUAL = "%a %b %e %H:%M:%S %Z %Y";
  private static final String MAIL = "%a, %d %b %Y %H:%M:%S %z";

  @Override
  protected int run(Task task, Output output) throws IOException {
    Options options =
        Options.parse(
            task,
            "Rs:ud:r:I::D:k",
            "rfc-822=R",
            "rfc-2822=R",
            "rfc-email=R",
            "set=s",
            "utc=u",
            "universal=u",
            "date=d",
            "reference=r",
            "iso-8601=I",
            "rfc-3339:");
    ZoneId zone = options.has('u') ? ZoneOffset.UTC : TimeZones.of(task);
    List<String> operands = options.operands(0, 2);
    Optional<String> format = operands.stream().filter(it -> it.startsWith("+")).findFirst();
    Optional<String> setting =
        options
            .value('s')
            .or(() -> operands.stream().filter(it -> !it.startsWith("+")).findFirst());
    Instant time = time(task, options, zone, setting);
    int code = 0;
    if (setting.isPresent()) {
      task.complain("can't set date: Operation not permitted");
      code = 1;
    }
    String pattern = format.isPresent() ? format.get().substring(1) : usual(options);
    String name = options.has('u') ? "UTC" : TimeZones.nameOf(task, time.atZone(zone));
    output.printLine(new TimeFormat(time.atZone(zone), name).format(pattern));
    return code;
  }

  private static Instant time(Task task, Options options, ZoneId zone, Optional<String> setting)
      throws IOException {
    Instant now = Instant.now();
    Optional<String> text = options.value('d').or(() -> setting);
    if (text.isPresent()) {
      return options.value('D').isPresent()
          ? TimePattern.parse(options.value('D').get(), text.get(), zone)
          : Dates.parse(text.get(), zone, now);
    }
    if (options.value('r').isPresent()) {
      String path = options.value('r').get();
      try {
        return task.files().stat(path).modified();
      } catch (PosixException e) {
        throw Failure.of(1, "can't stat '" + path + "'", e);
      }
    }
    return now;
  }

  private static String usual(Options options) throws Failure {
    if (options.has('R')) {
      return MAIL;
    }
    Optional<String> precision = options.value("rfc-3339");
    if (precision.isPresent()) {
      return rfc3339(precision.get());
    }
    if (!options.has('I')) {
      return USUAL;
    }
    return switch (options.value('I').orElse("date")) {
      case "hours", "h" -> "%FT%H%:z";
      case "minutes", "m" -> "%FT%H:%M%:z";
      case "seconds", "s" -> "%FT%T%:z";
      case "ns", "n" -> "%FT%T,%N%:z";
      default -> "%F";
    };
  }

  private static String rfc3339(String precision) throws Failure {
    return switch (precision) {
      case "date" -> "%F";
      case "seconds" -> "%F %T%:z";
      case "ns" -> "%F %T.%N%:z";
      default -> throw new Failure("invalid argument '" + precision + "' for '--rfc-3339'");
    };
  }
}
