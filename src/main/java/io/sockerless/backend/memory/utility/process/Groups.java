package io.sockerless.backend.memory.utility.process;

import io.sockerless.backend.memory.fs.Credentials;
import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.utility.Accounts;
import io.sockerless.backend.memory.utility.Failure;
import io.sockerless.backend.memory.utility.Options;
import io.sockerless.backend.memory.utility.Output;
import io.sockerless.backend.memory.utility.Utility;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;

/** Prints the names of a user's groups. */
final class Groups extends Utility {

  @Override
  protected int run(Task task, Output output) throws IOException {
    List<String> operands = Options.parse(task, "").operands(0, 1);
    Accounts accounts = Accounts.of(task.files());
    Credentials who = task.files().credentials();
    if (!operands.isEmpty()) {
      String name = operands.getFirst();
      who =
          accounts.credentials(
              accounts.user(name).orElseThrow(() -> new Failure("unknown user " + name)));
    }
    output.printLine(
        Id.groups(who).stream().map(accounts::groupName).collect(Collectors.joining(" ")));
    return 0;
  }
}
