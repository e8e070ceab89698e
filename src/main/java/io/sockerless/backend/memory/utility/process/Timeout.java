package io.sockerless.backend.memory.utility.process;

import io.sockerless.backend.memory.kernel.Commands;
import io.sockerless.backend.memory.kernel.Signal;
import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.utility.Failure;
import io.sockerless.backend.memory.utility.Options;
import io.sockerless.backend.memory.utility.Output;
import io.sockerless.backend.memory.utility.Quantities;
import io.sockerless.backend.memory.utility.Utility;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Runs a command, and sends it a signal if it takes too long. */
final class Timeout extends Utility {

  private static final Duration LOOK = Duration.ofSeconds(1);

  @Override
  protected int run(Task task, Output output) throws IOException {
    Options options =
        Options.parse(task, "+s:k:", "signal=s", "kill-after=k", "foreground", "preserve-status");
    List<String> operands = options.operands(2, Integer.MAX_VALUE);
    Optional<String> name = options.value('s');
    if (name.isPresent() && Signal.of(name.get()).isEmpty()) {
      throw new Failure("unknown signal '" + name.get() + "'");
    }
    Signal signal = name.flatMap(Signal::of).orElse(Signal.TERM);
    Duration time = Quantities.duration(operands.getFirst());
    Optional<Duration> more = Optional.empty();
    if (options.value('k').isPresent()) {
      more = Optional.of(Quantities.duration(options.value('k').get()));
    }
    if (time.isZero()) {
      return Commands.execute(task, operands.subList(1, operands.size()));
    }
    Optional<Duration> afterwards = more;
    Task watch = task.fork(it -> watch(it, task, time, signal, afterwards), Timeout::letGo);
    int code = Commands.execute(task, operands.subList(1, operands.size()));
    watch.signal(Signal.KILL);
    return code;
  }

  /** The watch keeps nothing open that others wait for the end of. */
  private static int letGo(Task watch) throws IOException {
    for (int descriptor : List.copyOf(watch.descriptors().all().keySet())) {
      watch.descriptors().close(descriptor);
    }
    return 0;
  }

  private static int watch(
      Task self, Task watched, Duration time, Signal signal, Optional<Duration> more)
      throws IOException {
    if (await(self, watched, time)) {
      watched.signal(signal);
      watched.signal(Signal.CONT);
      if (more.isPresent() && await(self, watched, more.get())) {
        watched.signal(Signal.KILL);
      }
    }
    return 0;
  }

  /** Waits; tells whether the other one still runs. */
  private static boolean await(Task self, Task watched, Duration time) throws IOException {
    Duration left = time;
    while (!watched.hasEnded() && left.isPositive()) {
      Duration step = left.compareTo(LOOK) < 0 ? left : LOOK;
      self.sleep(step);
      left = left.minus(step);
    }
    return !watched.hasEnded();
  }
}
