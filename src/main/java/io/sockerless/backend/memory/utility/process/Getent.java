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
import java.util.Locale;
import java.util.Optional;

/** Prints entries of the container's databases. */
final class Getent extends Utility {

  private static final int UNKNOWN_DATABASE = 1;
  private static final int NOT_FOUND = 2;

  @Override
  protected int run(Task task, Output output) throws IOException {
    List<String> operands = Options.parse(task, "+s:i").operands(1, Integer.MAX_VALUE);
    String database = operands.getFirst();
    List<String> keys = operands.subList(1, operands.size());
    Accounts accounts = Accounts.of(task.files());
    int code = 0;
    if (keys.isEmpty()) {
      all(task, output, accounts, database);
      return 0;
    }
    for (String key : keys) {
      Optional<String> line = find(task, accounts, database, key);
      if (line.isPresent()) {
        output.printLine(line.get());
      } else {
        code = NOT_FOUND;
      }
    }
    return code;
  }

  private static void all(Task task, Output output, Accounts accounts, String database)
      throws IOException {
    switch (database) {
      case "passwd" -> {
        for (Accounts.User user : accounts.users()) {
          output.printLine(user.line());
        }
      }
      case "group" -> {
        for (Accounts.Group group : accounts.groups()) {
          output.printLine(group.line());
        }
      }
      case "hosts", "ahosts", "ahostsv4" -> {
        for (String line : SystemFacts.read(task, "/etc/hosts").lines().toList()) {
          String[] words = line.replaceFirst("#.*", "").strip().split("\\s+", 2);
          if (words.length == 2) {
            output.printLine(String.format(Locale.ROOT, "%-15s %s", words[0], words[1]));
          }
        }
      }
      default -> throw new Failure(UNKNOWN_DATABASE, "unknown database: " + database);
    }
  }

  private static Optional<String> find(Task task, Accounts accounts, String database, String key)
      throws Failure {
    Optional<Integer> number = Quantities.id(key);
    return switch (database) {
      case "passwd" ->
          accounts.user(key).or(() -> number.flatMap(accounts::user)).map(Accounts.User::line);
      case "group" ->
          accounts.group(key).or(() -> number.flatMap(accounts::group)).map(Accounts.Group::line);
      case "hosts", "ahosts", "ahostsv4" ->
          task.kernel().network().resolve(key).stream()
              .findFirst()
              .map(address -> String.format(Locale.ROOT, "%-15s  %s", address, key));
      default -> throw new Failure(UNKNOWN_DATABASE, "unknown database: " + database);
    };
  }
}
