package io.sockerless.backend.memory.utility.process;

import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.utility.Options;
import io.sockerless.backend.memory.utility.Output;
import io.sockerless.backend.memory.utility.Quantities;
import io.sockerless.backend.memory.utility.Utility;
import java.io.IOException;
import java.time.Duration;

/** Does nothing for the sum of some times, in seconds or in microseconds. */
final class Sleep extends Utility {

  private static final Duration LONGEST = Duration.ofDays(100_000);

  private final boolean microseconds;

  /** {@code usleep} in microseconds, else {@code sleep}. */
  Sleep(boolean microseconds) {
    this.microseconds = microseconds;
  }

  @Override
  protected int run(Task task, Output output) throws IOException {
    if (task.arguments().size() > 1 && task.arguments().get(1).matches("-[0-9.].*")) {
      throw Quantities.invalid(task.arguments().get(1));
    }
    Duration sum = Duration.ZERO;
    for (String operand : Options.parse(task, "+").operands(1, Integer.MAX_VALUE)) {
      Duration time =
          microseconds
              ? Duration.ofNanos(Math.min(Quantities.natural(operand), 1L << 50) * 1_000)
              : Quantities.duration(operand);
      sum = sum.plus(time).compareTo(LONGEST) > 0 ? LONGEST : sum.plus(time);
    }
    task.sleep(sum);
    return 0;
  }
}
