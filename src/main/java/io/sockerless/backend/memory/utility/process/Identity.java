package io.sockerless.backend.memory.utility.process;

import io.sockerless.backend.memory.fs.Credentials;
import io.sockerless.backend.memory.fs.PosixException;
import io.sockerless.backend.memory.kernel.Task;
import io.sockerless.backend.memory.utility.Failure;
import java.io.IOException;

/** Who a task is, for what makes another user of it before it runs a command. */
final class Identity {

  private Identity() {}

  /**
   * Makes a task another user's, as {@code initgroups}, {@code setgid} and {@code setuid} do.
   *
   * @throws Failure naming the first of them that root has not got the power for
   */
  static void change(Task task, Credentials other) throws IOException {
    Credentials who = task.files().credentials();
    String step = "can't set groups";
    try {
      who = who.withGroups(other.groups());
      step = "setgid";
      who = who.withGroup(other.gid());
      step = "setuid";
      who = who.withUser(other.uid());
    } catch (PosixException e) {
      throw Failure.of(1, step, e);
    }
    task.setFiles(task.files().as(who));
  }
}
