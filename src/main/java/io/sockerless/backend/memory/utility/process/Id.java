package io.sockerless.backend.memory.utility.process;

import io.sockerless.backend.memory.fs.Credentials;
import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.utility.Accounts;
import io.sockerless.backend.memory.utility.Failure;
import io.sockerless.backend.memory.utility.Options;
import io.sockerless.backend.memory.utility.Output;
import io.sockerless.backend.memory.utility.Utility;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.Collectors;

/** Prints who runs it, or who a user is. */
final class Id extends Utility {

  @Override
  protected int run(Task task, Output output) throws IOException {
    Options options =
        Options.parse(task, "ugGnr", "user=u", "group=g", "groups=G", "name=n", "real=r");
    Accounts accounts = Accounts.of(task.files());
    Optional<String> name = options.operands(0, 1).stream().findFirst();
    Credentials who = credentials(task, accounts, name);
    long chosen =
        options.given().stream()
            .map(Options.Given::name)
            .filter("ugG"::contains)
            .distinct()
            .count();
    if (chosen > 1 || (chosen == 0 && (options.has('n') || options.has('r')))) {
      throw new Failure("cannot print names or several kinds without one of -u, -g and -G");
    }
    output.printLine(describe(options, accounts, who, name.isPresent()));
    List<String> unknown = options.has('n') ? withoutName(options, accounts, who) : List.of();
    unknown.forEach(id -> task.complain("unknown ID " + id));
    return unknown.isEmpty() ? 0 : 1;
  }

  /** The numbers that a name was asked for and that have none. */
  private static List<String> withoutName(Options options, Accounts accounts, Credentials who) {
    if (options.has('u')) {
      return accounts.user(who.uid()).isPresent() ? List.of() : List.of("" + who.uid());
    }
    Set<Integer> asked = options.has('g') ? Set.of(who.gid()) : groups(who);
    return asked.stream()
        .filter(gid -> accounts.group(gid).isEmpty())
        .map(String::valueOf)
        .toList();
  }

  private static Credentials credentials(Task task, Accounts accounts, Optional<String> name)
      throws Failure {
    if (name.isEmpty()) {
      return task.files().credentials();
    }
    Accounts.User user =
        accounts.user(name.get()).orElseThrow(() -> new Failure("unknown user " + name.get()));
    return accounts.credentials(user);
  }

  private static String describe(
      Options options, Accounts accounts, Credentials who, boolean named) {
    boolean names = options.has('n');
    if (options.has('u')) {
      return names ? accounts.userName(who.uid()) : Integer.toString(who.uid());
    }
    if (options.has('g')) {
      return names ? accounts.groupName(who.gid()) : Integer.toString(who.gid());
    }
    IntFunction<String> plain = names ? accounts::groupName : Integer::toString;
    if (options.has('G')) {
      return groups(who).stream().map(plain::apply).collect(Collectors.joining(" "));
    }
    String text =
        "uid=" + who.uid() + accounts.user(who.uid()).map(it -> "(" + it.name() + ")").orElse("");
    text += " gid=" + group(accounts, who.gid());
    Set<Integer> groups = groups(who);
    boolean more = named || groups.size() > 1 || !who.groups().isEmpty();
    return more
        ? text
            + " groups="
            + groups.stream().map(gid -> group(accounts, gid)).collect(Collectors.joining(","))
        : text;
  }

  private static String group(Accounts accounts, int gid) {
    return gid + accounts.group(gid).map(it -> "(" + it.name() + ")").orElse("");
  }

  /** All groups, the own one first. */
  static Set<Integer> groups(Credentials who) {
    Set<Integer> groups = new LinkedHashSet<>(List.of(who.gid()));
    groups.addAll(who.groups());
    return groups;
  }
}
