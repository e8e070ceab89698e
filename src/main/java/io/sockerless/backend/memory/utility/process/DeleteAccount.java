package io.sockerless.backend.memory.utility.process;

import io.sockerless.backend.memory.kernel.Commands;
import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.utility.Accounts;
import io.sockerless.backend.memory.utility.Failure;
import io.sockerless.backend.memory.utility.Options;
import io.sockerless.backend.memory.utility.Output;
import io.sockerless.backend.memory.utility.Utility;
import java.io.IOException;
import java.util.List;

/** Removes users and groups. */
final class DeleteAccount extends Utility {

  private final boolean group;

  /**
   * {@code delgroup} and {@code groupdel} if of groups, else {@code deluser} and {@code userdel}.
   */
  DeleteAccount(boolean group) {
    this.group = group;
  }

  @Override
  protected int run(Task task, Output output) throws IOException {
    Options options =
        Options.parse(task, "rf", "remove-home=r", "remove=r", "force=f", "only-if-empty");
    List<String> operands = options.operands(1, 2);
    AccountFiles files = new AccountFiles(task);
    Accounts accounts = files.accounts();
    if (operands.size() == 2) {
      String name = operands.get(1);
      files.setMember(
          accounts.group(name).orElseThrow(() -> new Failure("unknown group " + name)),
          operands.get(0),
          false);
      return 0;
    }
    String name = operands.getFirst();
    if (group) {
      if (accounts.group(name).isEmpty()) {
        throw new Failure("unknown group " + name);
      }
      files.removeGroup(name);
      return 0;
    }
    Accounts.User user = accounts.user(name).orElseThrow(() -> new Failure("unknown user " + name));
    files.removeUser(name);
    boolean own = accounts.group(name).filter(it -> it.gid() == user.gid()).isPresent();
    if (own) {
      files.removeGroup(name);
    }
    if (options.has('r') && task.files().exists(user.home())) {
      return Commands.run(task, List.of("rm", "-rf", user.home()));
    }
    return 0;
  }
}
