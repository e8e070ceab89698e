package io.sockerless.backend.memory.utility.process;

import io.sockerless.backend.memory.kernel.Commands;
import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.kernel.Text;
import io.sockerless.backend.memory.utility.Options;
import io.sockerless.backend.memory.utility.Output;
import io.sockerless.backend.memory.utility.Utility;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Runs a command and tells how long it took. */
final class Time extends Utility {

  @Override
  protected int run(Task task, Output output) throws IOException {
    Options options = Options.parse(task, "+pvf:o:a", "portability=p");
    List<String> command = options.operands(1, Integer.MAX_VALUE);
    long started = System.nanoTime();
    Task child = task.fork(it -> Commands.execute(it, command));
    int code = task.waitFor(child);
    Duration real = Duration.ofNanos(System.nanoTime() - started);
    Duration user = child.cpu();
    String text =
        options.has('p')
            ? line("real ", real) + line("user ", user) + line("sys ", Duration.ZERO)
            : minutes("real\t", real) + minutes("user\t", user) + minutes("sys\t", Duration.ZERO);
    task.error().write(Text.encode(text));
    return code;
  }

  private static String line(String name, Duration time) {
    return name
        + String.format(Locale.ROOT, "%d.%02d\n", time.toSeconds(), time.toMillisPart() / 10);
  }

  private static String minutes(String name, Duration time) {
    return name
        + String.format(
            Locale.ROOT,
            "%dm %d.%02ds\n",
            time.toMinutes(),
            time.toSecondsPart(),
            time.toMillisPart() / 10);
  }
}
