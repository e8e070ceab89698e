package io.sockerless.backend.memory.utility.process;

import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.utility.Accounts;
import io.sockerless.backend.memory.utility.Failure;
import io.sockerless.backend.memory.utility.Options;
import io.sockerless.backend.memory.utility.Output;
import io.sockerless.backend.memory.utility.Utility;
import java.io.IOException;

/** Prints the name of the user that runs it. */
final class Whoami extends Utility {

  @Override
  protected int run(Task task, Output output) throws IOException {
    Options.parse(task, "").operands(0, 0);
    int uid = task.files().credentials().uid();
    output.printLine(
        Accounts.of(task.files())
            .user(uid)
            .map(Accounts.User::name)
            .orElseThrow(() -> new Failure("unknown uid " + uid)));
    return 0;
  }
}
