package io.sockerless.backend.memory.shell;

import io.sockerless.backend.memory.shell.syntax.Command;
import java.io.IOException;
import java.time.Duration;

/** Tells how long a command took: bash's {@code time}, which is no program. */
final class Timing {

  private Timing() {}

  static int run(Interpreter shell, Command.Timed timed) throws IOException {
    long start = System.nanoTime();
    Duration used = shell.task().kernel().cpu();
    try {
      return shell.run(timed.command());
    } finally {
      Duration real = Duration.ofNanos(System.nanoTime() - start);
      Duration cpu = shell.task().kernel().cpu().minus(used);
      String text =
          timed.posix() ? "real %s\nuser %s\nsys %s\n" : "\nreal\t%s\nuser\t%s\nsys\t%s\n";
      shell
          .messages()
          .print(
              text.formatted(
                  shown(real, timed.posix()),
                  shown(cpu, timed.posix()),
                  shown(Duration.ZERO, timed.posix())));
    }
  }

  private static String shown(Duration time, boolean posix) {
    return posix
        ? "%.2f".formatted(time.toMillis() / 1_000.0)
        : "%dm%d.%03ds".formatted(time.toMinutes(), time.toSecondsPart(), time.toMillisPart());
  }
}
