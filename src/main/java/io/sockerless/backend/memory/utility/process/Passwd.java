package io.sockerless.backend.memory.utility.process;

import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.utility.Accounts;
import io.sockerless.backend.memory.utility.Failure;
import io.sockerless.backend.memory.utility.Options;
import io.sockerless.backend.memory.utility.Output;
import io.sockerless.backend.memory.utility.Utility;
import java.io.IOException;
import java.util.List;

/** Locks accounts and unlocks them; there are no passwords to ask for in a container. */
final class Passwd extends Utility {

  @Override
  protected int run(Task task, Output output) throws IOException {
    Options options = Options.parse(task, "dlua:", "delete=d", "lock=l", "unlock=u");
    Accounts accounts = Accounts.of(task.files());
    List<String> operands = options.operands(0, 1);
    String name =
        operands.isEmpty()
            ? accounts.userName(task.files().credentials().uid())
            : operands.getFirst();
    if (accounts.user(name).isEmpty()) {
      throw new Failure("unknown user " + name);
    }
    AccountFiles files = new AccountFiles(task);
    switch (options.lastOf("dlu").orElse(' ')) {
      case 'd' -> files.setPassword(name, old -> "");
      case 'l' -> files.setPassword(name, old -> old.startsWith("!") ? old : "!" + old);
      case 'u' -> files.setPassword(name, old -> old.startsWith("!") ? old.substring(1) : old);
      default -> throw new Failure("passwords cannot be set in this sandbox");
    }
    output.printLine("passwd: password for " + name + " changed");
    return 0;
  }
}
