package io.sockerless.backend.memory.utility.process;

import io.sockerless.backend.memory.fs.Credentials;
import io.sockerless.backend.memory.kernel.Commands;
import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.utility.Accounts;
import io.sockerless.backend.memory.utility.Failure;
import io.sockerless.backend.memory.utility.Options;
import io.sockerless.backend.memory.utility.Output;
import io.sockerless.backend.memory.utility.Utility;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * {@code setpriv}: a command runs with other rights. There are no capabilities here, so that what
 * takes some away has nothing to do.
 *
 * @see <a href="https://man7.org/linux/man-pages/man1/setpriv.1.html">setpriv(1)</a>
 */
final class Setpriv extends Utility {

  @Override
  protected int run(Task task, Output output) throws IOException {
    Options options =
        Options.parse(
            task,
            "+",
            "reuid:",
            "regid:",
            "groups:",
            "clear-groups",
            "keep-groups",
            "init-groups",
            "nnp",
            "no-new-privs",
            "inh-caps:",
            "ambient-caps:",
            "bounding-set:",
            "reset-env");
    List<String> command = options.operands(1, Integer.MAX_VALUE);
    Credentials before = task.files().credentials();
    Credentials after = credentials(task, options, before);
    if (!before.isRoot() && !after.equals(before)) {
      throw new Failure("setresuid failed: Operation not permitted");
    }
    task.setFiles(task.files().as(after));
    if (options.has("reset-env")) {
      resetEnvironment(task, after);
    }
    return Commands.execute(task, command);
  }

  private static Credentials credentials(Task task, Options options, Credentials before)
      throws Failure {
    Accounts accounts = Accounts.of(task.files());
    Optional<String> user = options.value("reuid");
    Optional<String> group = options.value("regid");
    int uid = user.isPresent() ? accounts.uid(user.get()) : before.uid();
    int gid = group.isPresent() ? accounts.gid(group.get()) : before.gid();
    List<Integer> groups = new ArrayList<>(List.of(gid));
    if (options.has("init-groups")) {
      accounts.user(uid).ifPresent(it -> groups.addAll(accounts.credentials(it).groups()));
    } else if (options.value("groups").isPresent()) {
      for (String name : options.value("groups").get().split(",", -1)) {
        groups.add(accounts.gid(name));
      }
    } else if (!options.has("clear-groups")) {
      groups.addAll(before.groups());
    }
    return new Credentials(uid, gid, groups.stream().distinct().toList());
  }

  private static void resetEnvironment(Task task, Credentials user) {
    String terminal = task.environment().getOrDefault("TERM", "");
    Accounts accounts = Accounts.of(task.files());
    task.environment().clear();
    if (!terminal.isEmpty()) {
      task.environment().put("TERM", terminal);
    }
    task.environment().put("PATH", Commands.DEFAULT_PATH);
    accounts
        .user(user.uid())
        .ifPresent(it -> {
          task.environment().put("HOME", it.home());
          task.environment().put("SHELL", it.shell());
          task.environment().put("USER", it.name());
          task.environment().put("LOGNAME", it.name());
        });
  }
}
