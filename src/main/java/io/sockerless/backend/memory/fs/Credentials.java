package io.sockerless.backend.memory.fs;

import io.sockerless.backend.core.driver.CapabilitySet;
import io.sockerless.backend.core.driver.LinuxCapability;
import java.util.List;

/** Who asks: the user and the groups of a process, and which of root's powers it has. */
public record Credentials(int uid, int gid, List<Integer> groups, Privileges privileges) {

  /** User 0, group 0, with every power. */
  public static final Credentials ROOT = new Credentials(0, 0, List.of(0));

  /** Copies the list. */
  public Credentials {
    groups = List.copyOf(groups);
  }

  /** A user who has all powers if it is root, and none if it is not. */
  public Credentials(int uid, int gid, List<Integer> groups) {
    this(uid, gid, groups, Privileges.of(CapabilitySet.ALL, uid == 0, false));
  }

  /** Whether it is user 0, whatever that may do. */
  public boolean isRoot() {
    return uid == 0;
  }

  /** Whether it has one of root's powers. */
  public boolean can(LinuxCapability capability) {
    return privileges.permitted().has(capability);
  }

  /**
   * Asks for one of root's powers.
   *
   * @throws PosixException {@code EPERM} if it has not got it
   */
  public void need(LinuxCapability capability) throws PosixException {
    if (!can(capability)) {
      throw Errno.EPERM.exception();
    }
  }

  /** Whether the group is one of its own. */
  public boolean isIn(int group) {
    return gid == group || groups.contains(group);
  }

  /** Whether it may do with a file what its owner may. */
  public boolean owns(FileStat stat) {
    return stat.uid() == uid || can(LinuxCapability.FOWNER);
  }

  /**
   * Whether it may do all of something.
   *
   * @param wanted the sum of 4 to read, 2 to write, 1 to execute or to search a folder
   */
  public boolean may(FileStat stat, int wanted) {
    int shift = stat.uid() == uid ? 6 : isIn(stat.gid()) ? 3 : 0;
    if ((stat.mode() >> shift & wanted) == wanted) {
      return true;
    }
    if (can(LinuxCapability.DAC_OVERRIDE)) {
      return (wanted & 1) == 0 || stat.isDirectory() || (stat.mode() & 0111) != 0;
    }
    return can(LinuxCapability.DAC_READ_SEARCH)
        && (stat.isDirectory() ? (wanted & 2) == 0 : wanted == 4);
  }

  /** The same with other powers. */
  public Credentials with(Privileges other) {
    return new Credentials(uid, gid, groups, other);
  }

  /**
   * The same in other groups.
   *
   * @throws PosixException {@code EPERM} without {@code CAP_SETGID}
   */
  public Credentials withGroups(List<Integer> other) throws PosixException {
    need(LinuxCapability.SETGID);
    return new Credentials(uid, gid, other, privileges);
  }

  /**
   * The same with another first group.
   *
   * @throws PosixException {@code EPERM} without {@code CAP_SETGID}
   */
  public Credentials withGroup(int group) throws PosixException {
    if (group != gid) {
      need(LinuxCapability.SETGID);
    }
    return new Credentials(uid, group, groups, privileges);
  }

  /**
   * Another user in the same groups; whoever is root no more has lost root's powers.
   *
   * @throws PosixException {@code EPERM} without {@code CAP_SETUID}
   */
  public Credentials withUser(int user) throws PosixException {
    if (user != uid) {
      need(LinuxCapability.SETUID);
    }
    boolean leaves = uid == 0 && user != 0;
    return new Credentials(user, gid, groups, leaves ? privileges.withoutRoot() : privileges);
  }

  /** What a program has that it starts. */
  public Credentials atExecution() {
    return with(privileges.atExecution(isRoot()));
  }
}
