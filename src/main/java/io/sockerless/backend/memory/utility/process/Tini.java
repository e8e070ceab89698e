package io.sockerless.backend.memory.utility.process;

import io.sockerless.backend.memory.kernel.Commands;
import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.utility.Options;
import io.sockerless.backend.memory.utility.Output;
import io.sockerless.backend.memory.utility.Utility;
import java.io.IOException;
import java.util.List;

/**
 * {@code tini} and {@code dumb-init}, which many images have as their entry point: a first task
 * that passes signals on. Here all tasks are reaped, and signals go to the one child.
 *
 * @see <a href="https://github.com/krallin/tini">tini</a>
 */
final class Tini extends Utility {

  private final boolean tini;

  /** One of the two. */
  Tini(boolean tini) {
    this.tini = tini;
  }

  @Override
  protected int run(Task task, Output output) throws IOException {
    Options options =
        tini
            ? Options.parse(task, "+svwgle:p:")
            : Options.parse(task, "+cv", "single-child=c", "verbose=v");
    List<String> command = options.operands(1, Integer.MAX_VALUE);
    List<String> remapped = options.values("e");
    int code = new Init(child -> Commands.execute(child, command)).run(task);
    return remapped.contains(Integer.toString(code)) ? 0 : code;
  }
}
