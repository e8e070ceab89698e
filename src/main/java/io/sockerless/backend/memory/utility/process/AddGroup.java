package io.sockerless.backend.memory.utility.process;

import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.utility.Accounts;
import io.sockerless.backend.memory.utility.Failure;
import io.sockerless.backend.memory.utility.Options;
import io.sockerless.backend.memory.utility.Output;
import io.sockerless.backend.memory.utility.Quantities;
import io.sockerless.backend.memory.utility.Utility;
import java.io.IOException;
import java.util.List;

/** Adds groups, or users to groups. */
final class AddGroup extends Utility {

  private static final int FIRST_SYSTEM_ID = 100;
  private static final int FIRST_ID = 1_000;

  private final boolean debian;

  /** {@code groupadd} if in Debian's manner, else {@code addgroup}. */
  AddGroup(boolean debian) {
    this.debian = debian;
  }

  @Override
  protected int run(Task task, Output output) throws IOException {
    Options options =
        debian
            ? Options.parse(task, "fg:rok:p:K:", "force=f", "gid=g", "system=r", "non-unique=o")
            : Options.parse(task, "g:S", "gid=g", "system=S");
    List<String> operands = options.operands(1, debian ? 1 : 2);
    AccountFiles files = new AccountFiles(task);
    Accounts accounts = files.accounts();
    if (operands.size() == 2) {
      String user = operands.get(0);
      String group = operands.get(1);
      if (accounts.user(user).isEmpty()) {
        throw new Failure("unknown user " + user);
      }
      files.setMember(
          accounts.group(group).orElseThrow(() -> new Failure("unknown group " + group)),
          user,
          true);
      return 0;
    }
    String name = operands.getFirst();
    if (accounts.group(name).isPresent()) {
      if (debian && options.has('f')) {
        return 0;
      }
      throw new Failure("group '" + name + "' in use");
    }
    boolean system = options.has('S') || options.has('r');
    int gid =
        options.value('g').isPresent()
            ? Quantities.small(options.value('g').get())
            : files.freeId(system ? FIRST_SYSTEM_ID : FIRST_ID);
    if (options.value('g').isPresent() && accounts.group(gid).isPresent()) {
      throw new Failure("gid '" + gid + "' in use");
    }
    files.add(new Accounts.Group(name, "x", gid, List.of()));
    return 0;
  }
}
