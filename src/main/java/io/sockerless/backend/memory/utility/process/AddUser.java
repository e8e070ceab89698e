package io.sockerless.backend.memory.utility.process;

import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.utility.Accounts;
import io.sockerless.backend.memory.utility.Failure;
import io.sockerless.backend.memory.utility.Options;
import io.sockerless.backend.memory.utility.Output;
import io.sockerless.backend.memory.utility.Quantities;
import io.sockerless.backend.memory.utility.Utility;
import io.sockerless.backend.memory.utility.file.Folders;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Adds users, in BusyBox' manner or in that of Debian's {@code useradd}. */
final class AddUser extends Utility {

  private static final int FIRST_SYSTEM_ID = 100;
  private static final int FIRST_ID = 1_000;

  private final boolean debian;

  /** {@code useradd} if in Debian's manner, else {@code adduser}. */
  AddUser(boolean debian) {
    this.debian = debian;
  }

  /** What a user is to be. */
  private record Wish(
      String name,
      boolean system,
      boolean makesHome,
      Optional<String> home,
      Optional<String> shell,
      Optional<String> comment,
      Optional<String> uid,
      Optional<String> group,
      List<String> moreGroups) {}

  @Override
  protected int run(Task task, Output output) throws IOException {
    return debian ? useradd(task) : adduser(task);
  }

  private static int adduser(Task task) throws IOException {
    Options options =
        Options.parse(
            task,
            "h:g:s:G:DSHu:k:",
            "home=h",
            "gecos=g",
            "shell=s",
            "ingroup=G",
            "disabled-password=D",
            "disabled-login",
            "empty-password=D",
            "system=S",
            "no-create-home=H",
            "uid=u");
    List<String> operands = options.operands(1, 2);
    AccountFiles files = new AccountFiles(task);
    if (operands.size() == 2) {
      join(files, operands.get(0), operands.get(1));
      return 0;
    }
    boolean system = options.has('S');
    add(
        task,
        files,
        new Wish(
            operands.getFirst(),
            system,
            !options.has('H'),
            options.value('h'),
            options.value('s').or(() -> system ? Optional.of("/sbin/nologin") : Optional.empty()),
            options.value('g').or(() -> Optional.of("Linux User,,,")),
            options.value('u'),
            options.value('G').or(() -> system ? Optional.of("nogroup") : Optional.empty()),
            List.of()));
    return 0;
  }

  private static int useradd(Task task) throws IOException {
    Options options =
        Options.parse(
            task,
            "c:d:g:G:k:K:mMNorp:s:u:UlDe:f:b:",
            "comment=c",
            "home-dir=d",
            "home=d",
            "gid=g",
            "groups=G",
            "create-home=m",
            "no-create-home=M",
            "no-user-group=N",
            "non-unique=o",
            "system=r",
            "password=p",
            "shell=s",
            "uid=u",
            "user-group=U",
            "no-log-init=l");
    String name = options.operands(1, 1).getFirst();
    List<String> more = options.value('G').map(it -> List.of(it.split(","))).orElse(List.of());
    add(
        task,
        new AccountFiles(task),
        new Wish(
            name,
            options.has('r'),
            options.has('m'),
            options.value('d'),
            options.value('s'),
            options.value('c').or(() -> Optional.of("")),
            options.value('u'),
            options.value('g').or(() -> options.has('N') ? Optional.of("users") : Optional.empty()),
            more));
    return 0;
  }

  private static void join(AccountFiles files, String user, String group) throws IOException {
    Accounts accounts = files.accounts();
    if (accounts.user(user).isEmpty()) {
      throw new Failure("unknown user " + user);
    }
    files.setMember(
        accounts.group(group).orElseThrow(() -> new Failure("unknown group " + group)), user, true);
  }

  private static void add(Task task, AccountFiles files, Wish wish) throws IOException {
    Accounts accounts = files.accounts();
    if (!wish.name().matches("[A-Za-z_][A-Za-z0-9_.-]*\\$?")) {
      throw new Failure("illegal character in user name '" + wish.name() + "'");
    }
    if (accounts.user(wish.name()).isPresent()) {
      throw new Failure("user '" + wish.name() + "' in use");
    }
    int uid =
        wish.uid().isPresent()
            ? Quantities.small(wish.uid().get())
            : files.freeId(wish.system() ? FIRST_SYSTEM_ID : FIRST_ID);
    if (accounts.user(uid).isPresent()) {
      throw new Failure("uid '" + uid + "' in use");
    }
    int gid = group(files, wish, uid);
    String home = wish.home().orElse("/home/" + wish.name());
    files.add(
        new Accounts.User(
            wish.name(),
            "x",
            uid,
            gid,
            wish.comment().orElse(""),
            home,
            wish.shell().orElse("/bin/sh")));
    for (String group : wish.moreGroups()) {
      join(files, wish.name(), group);
    }
    if (wish.makesHome()) {
      makeHome(task, home, uid, gid);
    }
  }

  /** The first group of a new user: the one that was asked for, or one of the user's name. */
  private static int group(AccountFiles files, Wish wish, int uid) throws IOException {
    Accounts accounts = files.accounts();
    if (wish.group().isPresent()) {
      return accounts.gid(wish.group().get());
    }
    if (accounts.group(wish.name()).isPresent()) {
      return accounts.gid(wish.name());
    }
    int gid = accounts.group(uid).isPresent() ? files.freeId(FIRST_ID) : uid;
    files.add(new Accounts.Group(wish.name(), "x", gid, List.of()));
    return gid;
  }

  private static void makeHome(Task task, String home, int uid, int gid) throws IOException {
    if (!task.files().exists(home)) {
      Folders.makeAll(task, home, 0755);
    }
    task.files().setOwner(home, uid, gid, true);
    task.files().setMode(home, 02755);
  }
}
