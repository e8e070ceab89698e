package io.sockerless.backend.memory.utility.file;

import io.sockerless.backend.memory.fs.FileStat;
import io.sockerless.backend.memory.fs.PosixException;
import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.utility.Accounts;
import io.sockerless.backend.memory.utility.Console;
import io.sockerless.backend.memory.utility.Failure;
import io.sockerless.backend.memory.utility.Options;
import io.sockerless.backend.memory.utility.Output;
import io.sockerless.backend.memory.utility.Utility;
import java.io.IOException;
import java.util.List;

/** Changes the owners of files, or their groups alone. */
final class Chown extends Utility {

  private final boolean groupAlone;

  /** {@code chgrp} if only the group is named, else {@code chown}. */
  Chown(boolean groupAlone) {
    this.groupAlone = groupAlone;
  }

  /**
   * Who is to own a file.
   *
   * @param uid -1 leaves the owner
   * @param gid -1 leaves the group
   */
  record Owner(int uid, int gid) {

    /** Reads {@code user}, {@code user:group}, {@code user:} for the user's own, {@code :group}. */
    static Owner parse(Accounts accounts, String text) throws Failure {
      int separator = text.indexOf(':');
      if (separator < 0 && accounts.user(text).isEmpty()) {
        separator = text.indexOf('.');
      }
      if (separator < 0) {
        return new Owner(accounts.uid(text), -1);
      }
      String user = text.substring(0, separator);
      String group = text.substring(separator + 1);
      try {
        int uid = user.isEmpty() ? -1 : accounts.uid(user);
        if (!group.isEmpty()) {
          return new Owner(uid, accounts.gid(group));
        }
        return new Owner(uid, accounts.user(uid).map(Accounts.User::gid).orElse(uid));
      } catch (Failure e) {
        Failure failure = new Failure("unknown user/group " + text);
        failure.initCause(e);
        throw failure;
      }
    }
  }

  @Override
  protected int run(Task task, Output output) throws IOException {
    Options options =
        Options.parse(
            task,
            "hvcfRLHP",
            "dereference",
            "no-dereference=h",
            "verbose=v",
            "changes=c",
            "silent=f",
            "quiet=f",
            "recursive=R");
    List<String> operands = options.operands(2, Integer.MAX_VALUE);
    Accounts accounts = Accounts.of(task.files());
    Owner owner =
        groupAlone
            ? new Owner(-1, accounts.gid(operands.getFirst()))
            : Owner.parse(accounts, operands.getFirst());
    Console console = new Console(task, output);
    Changer changer = new Changer(console, options, owner);
    for (String path : operands.subList(1, operands.size())) {
      if (options.has('R')) {
        TreeWalk.walk(task, path, links(options), changer);
      } else {
        changer.change(path, !options.has('h'));
      }
    }
    return console.code();
  }

  private static TreeWalk.Links links(Options options) {
    return switch (options.lastOf("LHP").orElse('P')) {
      case 'L' -> TreeWalk.Links.ALWAYS;
      case 'H' -> TreeWalk.Links.FIRST;
      default -> TreeWalk.Links.NEVER;
    };
  }

  private record Changer(Console console, Options options, Owner owner)
      implements TreeWalk.Visitor {
    @Override
    public boolean enter(TreeWalk.Entry entry) throws IOException {
      if (!entry.stat().isDirectory()) {
        change(entry.path(), !entry.stat().isLink());
      }
      return true;
    }

    @Override
    public void leave(TreeWalk.Entry folder) throws IOException {
      change(folder.path(), links(options) != TreeWalk.Links.NEVER);
    }

    void change(String path, boolean follow) throws IOException {
      Task task = console.task();
      try {
        FileStat stat = follow ? task.files().stat(path) : task.files().lstat(path);
        task.files().setOwner(path, owner.uid(), owner.gid(), follow);
        int uid = owner.uid() < 0 ? stat.uid() : owner.uid();
        int gid = owner.gid() < 0 ? stat.gid() : owner.gid();
        boolean changed = uid != stat.uid() || gid != stat.gid();
        if (options.has('v') || (options.has('c') && changed)) {
          console.output().printLine("changed ownership of '" + path + "' to " + uid + ":" + gid);
        }
      } catch (PosixException e) {
        failed(path, e);
      }
    }

    @Override
    public void failed(String path, PosixException reason) throws IOException {
      if (options.has('f')) {
        console.fail();
      } else {
        console.complain(path, reason);
      }
    }
  }
}
