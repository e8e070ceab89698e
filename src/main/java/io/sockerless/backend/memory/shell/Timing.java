package io.sockerless.backend.memory.shell;

import io.sockerless.backend.memory.shell.syntax.Command;
import java.io.IOException;
import java.time.Duration;

/** Tells how long a command took: bash's {@code time}, which is no program. */
final class Timing {

  private static final String USUAL = "\nreal\t%3lR\nuser\t%3lU\nsys\t%3lS";
  private static final String POSIX = "real %2R\nuser %2U\nsys %2S";
  private static final int MOST_DIGITS = 3;

  private final Duration real;
  private final Duration cpu;

  private Timing(Duration real, Duration cpu) {
    this.real = real;
    this.cpu = cpu;
  }

  static int run(Interpreter shell, Command.Timed timed) throws IOException {
    long start = System.nanoTime();
    Duration used = shell.task().kernel().cpu();
    try {
      return shell.run(timed.command());
    } finally {
      Duration real = Duration.ofNanos(System.nanoTime() - start);
      Duration cpu = shell.task().kernel().cpu().minus(used);
      String format = timed.posix() ? POSIX : shell.state().variables().get("TIMEFORMAT", USUAL);
      if (!format.isEmpty()) {
        shell.messages().print(new Timing(real, cpu).format(format) + "\n");
      }
    }
  }

  /** The text of TIMEFORMAT with its times: digits, an {@code l} for minutes, and whose it is. */
  private String format(String format) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < format.length(); i++) {
      char c = format.charAt(i);
      if (c != '%' || i + 1 == format.length()) {
        text.append(c);
        continue;
      }
      int start = i++;
      int digits = MOST_DIGITS;
      if (Character.isDigit(format.charAt(i)) && i + 1 < format.length()) {
        digits = Math.min(MOST_DIGITS, format.charAt(i++) - '0');
      }
      boolean minutes = format.charAt(i) == 'l' && i + 1 < format.length();
      i += minutes ? 1 : 0;
      text.append(
          switch (format.charAt(i)) {
            case '%' -> "%";
            case 'R' -> shown(real, digits, minutes);
            case 'U' -> shown(cpu, digits, minutes);
            case 'S' -> shown(Duration.ZERO, digits, minutes);
            case 'P' -> "%.2f".formatted(share());
            default -> format.substring(start, i + 1);
          });
    }
    return text.toString();
  }

  private double share() {
    return real.isZero() ? 0 : Math.min(100.0, 100.0 * cpu.toNanos() / real.toNanos());
  }

  private static String shown(Duration time, int digits, boolean minutes) {
    long seconds = minutes ? time.toSecondsPart() : time.toSeconds();
    String fraction = "%03d".formatted(time.toMillisPart()).substring(0, digits);
    String shown = seconds + (digits == 0 ? "" : "." + fraction);
    return minutes ? time.toMinutes() + "m" + shown + "s" : shown;
  }
}
