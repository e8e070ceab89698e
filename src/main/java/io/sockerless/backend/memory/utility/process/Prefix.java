package io.sockerless.backend.memory.utility.process;

import io.sockerless.backend.memory.kernel.Commands;
import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.utility.Options;
import io.sockerless.backend.memory.utility.Output;
import io.sockerless.backend.memory.utility.Utility;
import java.io.IOException;
import java.util.List;

/**
 * {@code ionice}, {@code taskset} and their like: a command runs with a hint to a scheduler that
 * tasks do not have here.
 */
final class Prefix extends Utility {

  private final String letters;
  private final int words;

  /**
   * A command of such hints.
   *
   * @param letters the options, as {@link Options} declares them
   * @param words how many operands stand before the command, if the last option letter is not given
   */
  Prefix(String letters, int words) {
    this.letters = letters;
    this.words = words;
  }

  @Override
  protected int run(Task task, Output output) throws IOException {
    Options options = Options.parse(task, "+" + letters);
    int skipped = options.given().isEmpty() ? words : 0;
    List<String> operands = options.operands(skipped + 1, Integer.MAX_VALUE);
    return Commands.execute(task, operands.subList(skipped, operands.size()));
  }
}
