package io.sockerless.backend.memory.kernel;

import io.sockerless.backend.core.driver.LinuxCapability;
import io.sockerless.backend.memory.fs.Credentials;
import io.sockerless.backend.memory.fs.Errno;
import io.sockerless.backend.memory.fs.PosixException;
import java.util.List;
import java.util.Optional;

/**
 * Sends signals for one task to those of its own user, and with {@code CAP_KILL} to any.
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/kill.2.html">kill(2)</a>
 */
public final class SignalSender {

  /** Stands for all tasks but the first one and the sender. */
  private static final int EVERYBODY = 1;

  private final Task sender;

  /** Sends them for that task. */
  public SignalSender(Task sender) {
    this.sender = sender;
  }

  /**
   * Sends a signal to a task.
   *
   * @param signal none only asks whether one could be sent
   * @throws PosixException {@code EPERM} if it must not
   */
  public void send(Task target, Optional<Signal> signal) throws PosixException {
    if (!reaches(target)) {
      throw Errno.EPERM.exception();
    }
    signal.ifPresent(target::signal);
  }

  /**
   * Sends a signal to the task of a number.
   *
   * @throws PosixException {@code ESRCH} if there is none, {@code EPERM} if it must not
   */
  public void sendTo(int pid, Optional<Signal> signal) throws PosixException {
    send(sender.kernel().processes().task(pid).orElseThrow(Errno.ESRCH::exception), signal);
  }

  /**
   * Sends a signal to those of a group that it reaches.
   *
   * @param group 0 for the sender's own, 1 for everybody else
   * @throws PosixException {@code ESRCH} if the group is empty, {@code EPERM} if it reaches nobody
   */
  public void sendToGroup(int group, Optional<Signal> signal) throws PosixException {
    List<Task> meant =
        sender.kernel().processes().tasks().stream()
            .filter(task -> !task.hasEnded() && isMeant(task, group))
            .toList();
    if (meant.isEmpty()) {
      throw Errno.ESRCH.exception();
    }
    List<Task> reached = meant.stream().filter(this::reaches).toList();
    if (reached.isEmpty()) {
      throw Errno.EPERM.exception();
    }
    reached.forEach(task -> signal.ifPresent(task::signal));
  }

  private boolean isMeant(Task task, int group) {
    return group == EVERYBODY
        ? task.pid() != PidNamespace.FIRST && task != sender
        : task.group() == (group == 0 ? sender.group() : group);
  }

  private boolean reaches(Task target) {
    Credentials who = sender.files().credentials();
    return who.uid() == target.files().credentials().uid() || who.can(LinuxCapability.KILL);
  }
}
