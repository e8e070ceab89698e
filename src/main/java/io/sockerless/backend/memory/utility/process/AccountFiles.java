package io.sockerless.backend.memory.utility.process;

import io.sockerless.backend.memory.fs.OpenFile;
import io.sockerless.backend.memory.fs.OpenMode;
import io.sockerless.backend.memory.fs.PosixException;
import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.kernel.Text;
import io.sockerless.backend.memory.utility.Accounts;
import io.sockerless.backend.memory.utility.Failure;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Changes the container's files of users and groups. */
final class AccountFiles {

  private static final String SHADOW = "/etc/shadow";

  private final Task task;

  AccountFiles(Task task) {
    this.task = task;
  }

  /** The users and groups that there are. */
  Accounts accounts() {
    return Accounts.of(task.files());
  }

  /** The lowest free number from one up, that neither a user nor a group has. */
  int freeId(int from) {
    Accounts accounts = accounts();
    int id = from;
    while (accounts.user(id).isPresent() || accounts.group(id).isPresent()) {
      id++;
    }
    return id;
  }

  /** Adds a user, without a password. */
  void add(Accounts.User user) throws IOException {
    append(Accounts.PASSWD, user.line());
    if (task.files().exists(SHADOW)) {
      long today = Duration.ofSeconds(Instant.now().getEpochSecond()).toDays();
      append(SHADOW, user.name() + ":!:" + today + ":0:99999:7:::");
    }
  }

  /** Adds a group. */
  void add(Accounts.Group group) throws IOException {
    append(Accounts.GROUP, group.line());
  }

  /** Takes a user out of all files. */
  void removeUser(String name) throws IOException {
    rewrite(Accounts.PASSWD, line -> begins(line, name) ? Optional.empty() : Optional.of(line));
    rewrite(SHADOW, line -> begins(line, name) ? Optional.empty() : Optional.of(line));
    List<Accounts.Group> groups = accounts().groups();
    for (Accounts.Group group : groups) {
      if (group.members().contains(name)) {
        setMember(group, name, false);
      }
    }
  }

  /** Takes a group out. */
  void removeGroup(String name) throws IOException {
    rewrite(Accounts.GROUP, line -> begins(line, name) ? Optional.empty() : Optional.of(line));
  }

  /** Lists a user in a group, or no longer. */
  void setMember(Accounts.Group group, String user, boolean member) throws IOException {
    List<String> members = new ArrayList<>(group.members());
    members.remove(user);
    if (member) {
      members.add(user);
    }
    String line = new Accounts.Group(group.name(), group.password(), group.gid(), members).line();
    rewrite(Accounts.GROUP, old -> Optional.of(begins(old, group.name()) ? line : old));
  }

  /** Changes a user's password, as it is written in the file. */
  void setPassword(String name, Function<String, String> change) throws IOException {
    String path = task.files().exists(SHADOW) ? SHADOW : Accounts.PASSWD;
    rewrite(
        path,
        line -> {
          if (!begins(line, name)) {
            return Optional.of(line);
          }
          String[] fields = line.split(":", 3);
          String rest = fields.length > 2 ? ":" + fields[2] : "";
          String old = fields.length > 1 ? fields[1] : "";
          return Optional.of(fields[0] + ":" + change.apply(old) + rest);
        });
  }

  private static boolean begins(String line, String name) {
    return line.startsWith(name + ":");
  }

  private void append(String path, String line) throws IOException {
    String text = SystemFacts.read(task, path);
    String separator = text.isEmpty() || text.endsWith("\n") ? "" : "\n";
    write(path, text + separator + line + "\n");
  }

  private void rewrite(String path, Function<String, Optional<String>> change) throws IOException {
    if (!task.files().exists(path)) {
      return;
    }
    StringBuilder text = new StringBuilder();
    SystemFacts.read(task, path)
        .lines()
        .forEach(line -> change.apply(line).ifPresent(it -> text.append(it).append('\n')));
    write(path, text.toString());
  }

  private void write(String path, String text) throws IOException {
    try (OpenFile file = task.files().create(path, OpenMode.WRITE, 0644, false)) {
      byte[] bytes = Text.encode(text);
      file.write(bytes, 0, bytes.length);
    } catch (PosixException e) {
      throw Failure.of(1, path, e);
    }
  }
}
