package io.sockerless.backend.memory;

import io.sockerless.backend.memory.fs.Credentials;
import io.sockerless.backend.memory.fs.OpenFile;
import io.sockerless.backend.memory.fs.OpenMode;
import io.sockerless.backend.memory.fs.Paths;
import io.sockerless.backend.memory.kernel.FileInput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The users and groups that a container's {@code /etc/passwd} and {@code /etc/group} name.
 *
 * @see <a href="https://man7.org/linux/man-pages/man5/passwd.5.html">passwd(5)</a>
 */
final class Accounts {

  private static final int MAX_FILE = 1 << 20;

  /**
   * Who a process runs as.
   *
   * @param home the folder that HOME names
   */
  record Account(Credentials credentials, String home) {}

  private final Paths files;

  /** Reads the files when it is asked. */
  Accounts(Paths files) {
    this.files = files;
  }

  /**
   * Finds a user.
   *
   * @param user {@code user[:group]}, by name or by number; empty is root
   * @param moreGroups by name or by number
   * @throws IllegalArgumentException in the runtime's words, if a name is not there
   */
  Account find(String user, List<String> moreGroups) {
    String[] parts = user.split(":", 2);
    String name = parts[0].isEmpty() ? "0" : parts[0];
    Optional<List<String>> entry =
        lines("/etc/passwd").stream()
            .filter(it -> it.size() >= 6 && (it.get(0).equals(name) || it.get(2).equals(name)))
            .findFirst();
    int uid =
        entry
            .flatMap(it -> number(it.get(2)))
            .or(() -> number(name))
            .orElseThrow(() ->
                new IllegalArgumentException(
                    "unable to find user " + name + ": no matching entries in passwd file"));
    int gid =
        parts.length > 1 && !parts[1].isEmpty()
            ? group(parts[1])
            : entry.flatMap(it -> number(it.get(3))).orElse(0);
    Set<Integer> groups = new LinkedHashSet<>();
    groups.add(gid);
    if (parts.length == 1) {
      entry.ifPresent(it -> groups.addAll(memberships(it.get(0))));
    }
    moreGroups.forEach(group -> groups.add(group(group)));
    String home = entry.map(it -> it.get(5)).filter(it -> !it.isEmpty()).orElse("/");
    return new Account(new Credentials(uid, gid, new ArrayList<>(groups)), home);
  }

  /** The name of a user, its number if it has none. */
  String nameOf(int uid) {
    return lines("/etc/passwd").stream()
        .filter(it -> it.size() >= 3 && it.get(2).equals(Integer.toString(uid)))
        .map(List::getFirst)
        .findFirst()
        .orElse(Integer.toString(uid));
  }

  private int group(String group) {
    return lines("/etc/group").stream()
        .filter(it -> it.size() >= 3 && (it.get(0).equals(group) || it.get(2).equals(group)))
        .findFirst()
        .flatMap(it -> number(it.get(2)))
        .or(() -> number(group))
        .orElseThrow(() ->
            new IllegalArgumentException(
                "unable to find group " + group + ": no matching entries in group file"));
  }

  private List<Integer> memberships(String user) {
    return lines("/etc/group").stream()
        .filter(it -> it.size() >= 4 && List.of(it.get(3).split(",")).contains(user))
        .flatMap(it -> number(it.get(2)).stream())
        .toList();
  }

  private static Optional<Integer> number(String text) {
    boolean isNumber =
        !text.isEmpty() && text.length() < 10 && text.chars().allMatch(Character::isDigit);
    return isNumber ? Optional.of(Integer.parseInt(text)) : Optional.empty();
  }

  private List<List<String>> lines(String path) {
    try (OpenFile file = files.open(path, OpenMode.READ)) {
      String text =
          new String(new FileInput(file).readNBytes(MAX_FILE), StandardCharsets.ISO_8859_1);
      return text.lines().map(line -> List.of(line.split(":", -1))).toList();
    } catch (IOException e) {
      return List.of();
    }
  }
}
