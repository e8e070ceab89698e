package io.sockerless.agent.program;

import io.sockerless.agent.program.posix.Identity;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The users and groups that {@code /etc/passwd} and {@code /etc/group} name, as they are now.
 *
 * @see <a href="https://man7.org/linux/man-pages/man5/passwd.5.html">passwd(5)</a>
 */
final class Accounts {

  private static final int NAME = 0;
  private static final int ID = 2;
  private static final int GROUP = 3;
  private static final int MEMBERS = 3;
  private static final int HOME = 5;

  private final List<String[]> users;
  private final List<String[]> groups;

  /**
   * Who a process runs as.
   *
   * @param home the folder that HOME names
   */
  record Account(Identity identity, String home) {}

  /** Reads both files of a folder, which is {@code /etc} but in tests. */
  Accounts(Path folder) {
    users = lines(folder.resolve("passwd"), HOME + 1);
    groups = lines(folder.resolve("group"), ID + 1);
  }

  /** Those of the machine. */
  static Accounts read() {
    return new Accounts(Path.of("/etc"));
  }

  private static List<String[]> lines(Path file, int fields) {
    List<String[]> lines = new ArrayList<>();
    try {
      for (String line : Files.readAllLines(file, StandardCharsets.ISO_8859_1)) {
        String[] parts = line.split(":", -1);
        if (parts.length >= fields) {
          lines.add(parts);
        }
      }
    } catch (IOException e) {
      // A container need not have these files; numbers are users then all the same.
      lines.clear();
    }
    return lines;
  }

  /**
   * Finds a user.
   *
   * @param user {@code user[:group]}, by name or by number
   * @throws CannotStart in the runtime's words, if a name is not there
   */
  Account find(String user) throws CannotStart {
    int colon = user.indexOf(':');
    String name = colon < 0 ? user : user.substring(0, colon);
    String group = colon < 0 ? "" : user.substring(colon + 1);
    Optional<String[]> entry = find(users, name.isEmpty() ? "0" : name);
    int uid = id(entry, name.isEmpty() ? "0" : name, "user", "passwd");
    int gid = entry.isPresent() ? number(entry.get()[GROUP]) : 0;
    if (!group.isEmpty()) {
      gid = id(find(groups, group), group, "group", "group");
    }
    List<Integer> all = new ArrayList<>(List.of(Math.max(0, gid)));
    if (group.isEmpty() && entry.isPresent()) {
      addMemberships(entry.get()[NAME], all);
    }
    String home = entry.isPresent() ? entry.get()[HOME] : "";
    Identity identity = new Identity(uid, Math.max(0, gid), all);
    return new Account(identity, home.isEmpty() ? "/" : home);
  }

  private static int id(Optional<String[]> entry, String name, String kind, String file)
      throws CannotStart {
    int id = number(entry.isPresent() ? entry.get()[ID] : name);
    if (id < 0) {
      throw new CannotStart(
          126, "unable to find %s %s: no matching entries in %s file".formatted(kind, name, file));
    }
    return id;
  }

  /** The name of a user, its number if it has none. */
  String nameOf(int uid) {
    String number = Integer.toString(uid);
    for (String[] entry : users) {
      if (entry[ID].equals(number)) {
        return entry[NAME];
      }
    }
    return number;
  }

  private void addMemberships(String user, List<Integer> to) {
    for (String[] entry : groups) {
      boolean member =
          entry.length > MEMBERS && Arrays.asList(entry[MEMBERS].split(",")).contains(user);
      int gid = number(entry[ID]);
      if (member && gid >= 0 && !to.contains(gid)) {
        to.add(gid);
      }
    }
  }

  private static Optional<String[]> find(List<String[]> entries, String nameOrNumber) {
    for (String[] entry : entries) {
      if (entry[NAME].equals(nameOrNumber) || entry[ID].equals(nameOrNumber)) {
        return Optional.of(entry);
      }
    }
    return Optional.empty();
  }

  /** A number of no more than nine digits, else -1. */
  private static int number(String text) {
    if (text.isEmpty() || text.length() > 9) {
      return -1;
    }
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return -1;
      }
    }
    return Integer.parseInt(text);
  }
}
