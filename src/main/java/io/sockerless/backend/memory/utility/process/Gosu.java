package io.sockerless.backend.memory.utility.process;

import io.sockerless.backend.memory.kernel.Commands;
import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.utility.Accounts;
import io.sockerless.backend.memory.utility.Failure;
import io.sockerless.backend.memory.utility.Output;
import io.sockerless.backend.memory.utility.RunAs;
import io.sockerless.backend.memory.utility.Utility;
import java.io.IOException;
import java.util.List;

/**
 * {@code gosu} and {@code su-exec}, with which entry points of images give up root: a command runs
 * in this task's place as another user.
 *
 * @see <a href="https://github.com/tianon/gosu">gosu</a>
 */
final class Gosu extends Utility {

  @Override
  protected int run(Task task, Output output) throws IOException {
    List<String> words = task.arguments();
    if (words.size() < 3) {
      throw new Failure("usage: " + words.getFirst() + " user-spec command [args]");
    }
    RunAs user;
    try {
      user = RunAs.of(Accounts.of(task.files()), words.get(1), List.of());
    } catch (IllegalArgumentException e) {
      throw (Failure) new Failure(String.valueOf(e.getMessage())).initCause(e);
    }
    Identity.change(task, user.credentials());
    task.environment().put("HOME", user.home());
    return Commands.execute(task, words.subList(2, words.size()));
  }
}
