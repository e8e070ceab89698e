package io.sockerless.backend.memory.utility;

import io.sockerless.backend.memory.fs.Credentials;
import io.sockerless.backend.memory.fs.OpenFile;
import io.sockerless.backend.memory.fs.OpenMode;
import io.sockerless.backend.memory.fs.Paths;
import io.sockerless.backend.memory.kernel.FileInput;
import io.sockerless.backend.memory.kernel.Text;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The users and groups of a container, as its {@code /etc/passwd} and {@code /etc/group} list them.
 *
 * @see <a href="https://man7.org/linux/man-pages/man5/passwd.5.html">passwd(5)</a>
 */
public final class Accounts {

  /** The file of users. */
  public static final String PASSWD = "/etc/passwd";

  /** The file of groups. */
  public static final String GROUP = "/etc/group";

  private static final int MAX_SIZE = 1 << 20;

  /** A line of {@code /etc/passwd}. */
  public record User(
      String name, String password, int uid, int gid, String comment, String home, String shell) {

    /** The line. */
    public String line() {
      return String.join(
          ":", name, password, Integer.toString(uid), Integer.toString(gid), comment, home, shell);
    }
  }

  /** A line of {@code /etc/group}. */
  public record Group(String name, String password, int gid, List<String> members) {

    /** Copies the list. */
    public Group {
      members = List.copyOf(members);
    }

    /** The line. */
    public String line() {
      return String.join(":", name, password, Integer.toString(gid), String.join(",", members));
    }
  }

  private final List<User> users;
  private final List<Group> groups;

  private Accounts(List<User> users, List<Group> groups) {
    this.users = users;
    this.groups = groups;
  }

  /** What a container's files list now; nothing if they cannot be read. */
  public static Accounts of(Paths files) {
    List<User> users = new ArrayList<>();
    for (String line : lines(files, PASSWD)) {
      parseUser(line).ifPresent(users::add);
    }
    List<Group> groups = new ArrayList<>();
    for (String line : lines(files, GROUP)) {
      parseGroup(line).ifPresent(groups::add);
    }
    return new Accounts(users, groups);
  }

  private static List<String> lines(Paths files, String path) {
    try (OpenFile file = files.open(path, OpenMode.READ)) {
      return Text.decode(new FileInput(file).readNBytes(MAX_SIZE)).lines().toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  private static Optional<User> parseUser(String line) {
    String[] fields = line.split(":", -1);
    if (fields.length < 4) {
      return Optional.empty();
    }
    Optional<Integer> uid = Quantities.id(fields[2]);
    Optional<Integer> gid = Quantities.id(fields[3]);
    if (uid.isEmpty() || gid.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new User(
            fields[0],
            fields[1],
            uid.get(),
            gid.get(),
            field(fields, 4),
            field(fields, 5),
            field(fields, 6)));
  }

  private static Optional<Group> parseGroup(String line) {
    String[] fields = line.split(":", -1);
    if (fields.length < 3) {
      return Optional.empty();
    }
    String members = field(fields, 3);
    return Quantities.id(fields[2])
        .map(gid ->
            new Group(
                fields[0],
                fields[1],
                gid,
                members.isEmpty() ? List.of() : List.of(members.split(","))));
  }

  private static String field(String[] fields, int index) {
    return index < fields.length ? fields[index] : "";
  }

  /** All users, in the file's order. */
  public List<User> users() {
    return List.copyOf(users);
  }

  /** All groups, in the file's order. */
  public List<Group> groups() {
    return List.copyOf(groups);
  }

  /** The user of a name. */
  public Optional<User> user(String name) {
    return first(users, user -> user.name().equals(name));
  }

  /** The user of a number. */
  public Optional<User> user(int uid) {
    return first(users, user -> user.uid() == uid);
  }

  /** The group of a name. */
  public Optional<Group> group(String name) {
    return first(groups, group -> group.name().equals(name));
  }

  /** The group of a number. */
  public Optional<Group> group(int gid) {
    return first(groups, group -> group.gid() == gid);
  }

  private static <T> Optional<T> first(List<T> all, Predicate<T> wanted) {
    return all.stream().filter(wanted).findFirst();
  }

  /** A user's name, or the number if it has none. */
  public String userName(int uid) {
    return user(uid).map(User::name).orElseGet(() -> Integer.toString(uid));
  }

  /** A group's name, or the number if it has none. */
  public String groupName(int gid) {
    return group(gid).map(Group::name).orElseGet(() -> Integer.toString(gid));
  }

  /** The number that a user's name or number stands for. */
  public int uid(String nameOrNumber) throws Failure {
    Optional<Integer> number = user(nameOrNumber).map(User::uid);
    return number
        .or(() -> Quantities.id(nameOrNumber))
        .orElseThrow(() -> new Failure("unknown user " + nameOrNumber));
  }

  /** The number that a group's name or number stands for. */
  public int gid(String nameOrNumber) throws Failure {
    Optional<Integer> number = group(nameOrNumber).map(Group::gid);
    return number
        .or(() -> Quantities.id(nameOrNumber))
        .orElseThrow(() -> new Failure("unknown group " + nameOrNumber));
  }

  /** What a user may do: its own group first, then those that list it. */
  public Credentials credentials(User user) {
    Set<Integer> ids = new LinkedHashSet<>();
    ids.add(user.gid());
    groups.stream()
        .filter(group -> group.members().contains(user.name()))
        .forEach(group -> ids.add(group.gid()));
    return new Credentials(user.uid(), user.gid(), List.copyOf(ids));
  }
}
