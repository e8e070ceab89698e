package io.sockerless.backend.memory.utility.process;

import io.sockerless.backend.core.driver.CapabilitySet;
import io.sockerless.backend.core.driver.LinuxCapability;
import io.sockerless.backend.memory.fs.Credentials;
import io.sockerless.backend.memory.fs.Errno;
import io.sockerless.backend.memory.fs.PosixException;
import io.sockerless.backend.memory.fs.Privileges;
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
 * {@code setpriv}: a command runs with other rights.
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
    task.setFiles(task.files().as(changed(before, after, options)));
    if (options.has("reset-env")) {
      resetEnvironment(task, after);
    }
    return Commands.execute(task, command);
  }

  /** The user first loses what a bounding set takes, since only root can take it. */
  private static Credentials changed(Credentials before, Credentials after, Options options)
      throws IOException {
    String step = "apply bounding set";
    try {
      Credentials who = before.with(bounded(before, options));
      if (!after.groups().equals(before.groups())) {
        step = "setgroups failed";
        who = who.withGroups(after.groups());
      }
      step = "setresgid failed";
      who = who.withGroup(after.gid());
      step = "setresuid failed";
      who = who.withUser(after.uid());
      step = "apply capabilities";
      return who.with(kept(before.privileges(), who.privileges(), options));
    } catch (PosixException e) {
      throw Failure.of(1, step, e);
    }
  }

  private static Privileges bounded(Credentials before, Options options) throws IOException {
    Privileges privileges = before.privileges();
    if (options.has("nnp") || options.has("no-new-privs")) {
      privileges = privileges.withNothingNew();
    }
    Optional<String> change = options.value("bounding-set");
    if (change.isEmpty()) {
      return privileges;
    }
    before.need(LinuxCapability.SETPCAP);
    CapabilitySet wanted = CapabilityChange.apply(change.get(), privileges.bounding());
    return privileges.withBounding(wanted.within(privileges.bounding()));
  }

  /** What outlives the change of the user, for a command that is told to keep it. */
  private static Privileges kept(Privileges before, Privileges after, Options options)
      throws IOException {
    CapabilitySet inheritable = after.inheritable();
    CapabilitySet ambient = after.ambient();
    if (options.value("inh-caps").isPresent()) {
      inheritable = CapabilityChange.apply(options.value("inh-caps").get(), inheritable);
    }
    if (options.value("ambient-caps").isPresent()) {
      ambient = CapabilityChange.apply(options.value("ambient-caps").get(), ambient);
    }
    boolean allowed =
        inheritable.without(before.permitted().with(before.inheritable())).isEmpty()
            && ambient.without(inheritable.within(before.permitted())).isEmpty();
    if (!allowed) {
      throw Errno.EPERM.exception();
    }
    return after.withAmbient(inheritable, ambient);
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
