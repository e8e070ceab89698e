package io.sockerless.backend.memory.utility;

import io.sockerless.backend.memory.fs.Credentials;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Who a container's process runs as, by what its {@code /etc/passwd} and {@code /etc/group} say.
 *
 * @param home the folder that HOME names
 */
public record RunAs(Credentials credentials, String home) {

  private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,18}");

  /**
   * Finds a user.
   *
   * @param user {@code user[:group]}, by name or by number; empty is root
   * @param moreGroups by name or by number
   * @throws IllegalArgumentException in the runtime's words, if a name is not there
   */
  public static RunAs of(Accounts accounts, String user, List<String> moreGroups) {
    String[] parts = user.split(":", 2);
    String name = parts[0].isEmpty() ? "0" : parts[0];
    checkRange(name);
    Optional<Accounts.User> entry =
        accounts.user(name).or(() -> Quantities.id(name).flatMap(accounts::user));
    int uid =
        entry
            .map(Accounts.User::uid)
            .or(() -> Quantities.id(name))
            .orElseThrow(() ->
                new IllegalArgumentException(
                    "unable to find user " + name + ": no matching entries in passwd file"));
    int gid =
        parts.length > 1 && !parts[1].isEmpty()
            ? group(accounts, parts[1])
            : entry.map(Accounts.User::gid).orElse(0);
    Set<Integer> groups = new LinkedHashSet<>();
    groups.add(gid);
    if (parts.length == 1) {
      entry.ifPresent(it -> groups.addAll(accounts.credentials(it).groups()));
    }
    moreGroups.forEach(group -> groups.add(group(accounts, group)));
    String home = entry.map(Accounts.User::home).filter(it -> !it.isEmpty()).orElse("/");
    return new RunAs(new Credentials(uid, gid, List.copyOf(groups)), home);
  }

  /** A number that no user or group can have is not taken to be a name. */
  private static void checkRange(String idOrName) {
    if (NUMBER.matcher(idOrName).matches()
        && (idOrName.startsWith("-") || Long.parseLong(idOrName) > Integer.MAX_VALUE)) {
      throw new IllegalArgumentException("uids and gids must be in range 0-" + Integer.MAX_VALUE);
    }
  }

  private static int group(Accounts accounts, String group) {
    checkRange(group);
    return accounts
        .group(group)
        .map(Accounts.Group::gid)
        .or(() -> Quantities.id(group))
        .orElseThrow(() ->
            new IllegalArgumentException(
                "unable to find group " + group + ": no matching entries in group file"));
  }
}
