package io.sockerless.backend.memory.utility.process;

import io.sockerless.backend.memory.fs.Credentials;
import io.sockerless.backend.memory.fs.Errno;
import io.sockerless.backend.memory.fs.PosixException;
import io.sockerless.backend.memory.kernel.Commands;
import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.utility.Accounts;
import io.sockerless.backend.memory.utility.Failure;
import io.sockerless.backend.memory.utility.Options;
import io.sockerless.backend.memory.utility.Output;
import io.sockerless.backend.memory.utility.Strings;
import io.sockerless.backend.memory.utility.Utility;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Runs a shell as another user: root as any, others as themselves; there are no passwords. */
final class Su extends Utility {

  private static final String USUAL_SHELL = "/bin/sh";

  @Override
  protected int run(Task task, Output output) throws IOException {
    Options options =
        Options.parse(task, "mplc:s:", "login=l", "command=c", "shell=s", "preserve-environment=p");
    List<String> operands = new ArrayList<>(options.operands());
    boolean login = options.has('l');
    if (!operands.isEmpty() && operands.getFirst().equals("-")) {
      operands.removeFirst();
      login = true;
    }
    String name = operands.isEmpty() ? "root" : operands.removeFirst();
    Accounts accounts = Accounts.of(task.files());
    Accounts.User user = accounts.user(name).orElseThrow(() -> new Failure("unknown user " + name));
    Credentials who = task.files().credentials();
    if (!who.isRoot() && who.uid() != user.uid()) {
      throw new Failure("incorrect password");
    }
    return run(task, options, accounts, user, login, operands);
  }

  private static int run(
      Task task,
      Options options,
      Accounts accounts,
      Accounts.User user,
      boolean login,
      List<String> rest)
      throws IOException {
    String shell = options.value('s').orElse(user.shell().isEmpty() ? USUAL_SHELL : user.shell());
    if (task.files().credentials().isRoot()) {
      Identity.change(task, accounts.credentials(user));
    }
    boolean keeps = (options.has('m') || options.has('p')) && !login;
    if (!keeps) {
      setEnvironment(task, user, shell, login);
    }
    if (login) {
      try {
        task.files().changeDirectory(user.home());
      } catch (PosixException e) {
        task.complain("can't change directory to '" + user.home() + "'");
      }
    }
    List<String> command = new ArrayList<>();
    command.add(login ? "-" + Strings.lastName(shell) : Strings.lastName(shell));
    options.value('c').ifPresent(it -> command.addAll(List.of("-c", it)));
    command.addAll(rest);
    try {
      return task.execute(shell, command);
    } catch (PosixException e) {
      throw Failure.of(e.errno() == Errno.ENOENT ? 127 : 126, "can't execute '" + shell + "'", e);
    }
  }

  private static void setEnvironment(Task task, Accounts.User user, String shell, boolean login) {
    Map<String, String> environment = task.environment();
    if (login) {
      String terminal = environment.getOrDefault("TERM", "");
      environment.clear();
      if (!terminal.isEmpty()) {
        environment.put("TERM", terminal);
      }
      environment.put("PATH", Commands.DEFAULT_PATH);
    }
    if (login || user.uid() != 0) {
      environment.put("USER", user.name());
      environment.put("LOGNAME", user.name());
    }
    environment.put("HOME", user.home());
    environment.put("SHELL", shell);
  }
}
